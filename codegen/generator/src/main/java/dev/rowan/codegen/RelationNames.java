package dev.rowan.codegen;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.ForeignKeyDefinition;

/**
 * What the two ends of a foreign key are called, in snake case. A name depends on its own foreign key alone, so that
 * adding another one renames nothing: {@code orders.user_id → users} gives {@code user} and {@code orders}, {@code
 * orders.approver_id → users} gives {@code approver} and {@code orders_by_approver}.
 */
final class RelationNames {

    private RelationNames() {}

    /** Returns the name of the row that the key refers to. */
    static String toOne(ForeignKeyDefinition key) {
        return role(key);
    }

    /** Returns the name of the rows that refer by the key. */
    static String toMany(ForeignKeyDefinition key) {
        String table = key.getTable().getOutputName().toLowerCase(Locale.ROOT);
        String referenced = key.getReferencedTable().getOutputName().toLowerCase(Locale.ROOT);
        String role = role(key);
        return plurals(role).contains(referenced) ? table : table + "_by_" + role;
    }

    /** Returns the column without {@code _id}; of several columns, the constraint without {@code fk_} and table. */
    private static String role(ForeignKeyDefinition key) {
        List<ColumnDefinition> columns = key.getKeyColumns();
        if (columns.size() == 1) {
            return without(columns.get(0).getOutputName().toLowerCase(Locale.ROOT), "", "_id");
        }
        String table = key.getTable().getOutputName().toLowerCase(Locale.ROOT);
        String constraint = key.getOutputName().toLowerCase(Locale.ROOT);
        return without(without(constraint, "fk_", ""), table + "_", "");
    }

    private static String without(String name, String prefix, String suffix) {
        boolean both =
                name.startsWith(prefix) && name.endsWith(suffix) && name.length() > prefix.length() + suffix.length();
        return both ? name.substring(prefix.length(), name.length() - suffix.length()) : name;
    }

    private static Set<String> plurals(String noun) {
        return Set.of(noun, noun + "s", noun + "es", noun.replaceAll("y$", "") + "ies");
    }
}
