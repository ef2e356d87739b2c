package dev.rowan.codegen;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.ManyToManyKeyDefinition;
import org.jooq.meta.TableDefinition;

/**
 * What the two ends of a foreign key are called, in snake case. A name depends on its own foreign key alone, so that
 * adding another one renames nothing: {@code orders.user_id → users} gives {@code user} and {@code orders}, {@code
 * orders.approver_id → users} gives {@code approver} and {@code orders_by_approver}, {@code order_items.order_id →
 * orders} gives {@code order} and {@code items}.
 */
final class RelationNames {

    private RelationNames() {}

    /** Returns the name of the row that the key refers to. */
    static String toOne(ForeignKeyDefinition key) {
        return role(key);
    }

    /** Returns the name of the rows that refer by the key. */
    static String toMany(ForeignKeyDefinition key) {
        String table = name(key.getTable());
        String referenced = name(key.getReferencedTable());
        String role = role(key);
        if (!isPlural(referenced, role)) {
            return table + "_by_" + role;
        }
        // the rows of a link table are seldom what is meant: the rows that it leads to have the short name
        return isLink(key) ? table : without(table, role + "_", "");
    }

    /** Returns the name of the rows that a link table leads to. */
    static String manyToMany(ManyToManyKeyDefinition key) {
        String here = name(key.getForeignKey1().getReferencedTable());
        String there = name(key.getForeignKey2().getReferencedTable());
        String link = name(key.getTable());
        String from = role(key.getForeignKey1());
        String to = role(key.getForeignKey2());
        if (!isPlural(there, to)) {
            return there + "_by_" + to;
        }
        Set<String> plain =
                Set.copyOf(List.of(from + "_" + there, here + "_" + there, to + "_" + here, there + "_" + here));
        return plain.contains(link) ? there : there + "_by_" + link;
    }

    private static boolean isLink(ForeignKeyDefinition key) {
        return key.getReferencedTable().getManyToManyKeys().stream()
                .anyMatch(link -> link.getForeignKey1().equals(key));
    }

    private static String name(TableDefinition table) {
        return table.getOutputName().toLowerCase(Locale.ROOT);
    }

    /** Returns the column without {@code _id}; of several columns, the constraint without {@code fk_} and table. */
    private static String role(ForeignKeyDefinition key) {
        List<ColumnDefinition> columns = key.getKeyColumns();
        if (columns.size() == 1) {
            return without(columns.get(0).getOutputName().toLowerCase(Locale.ROOT), "", "_id");
        }
        String table = name(key.getTable());
        String constraint = key.getOutputName().toLowerCase(Locale.ROOT);
        return without(without(constraint, "fk_", ""), table + "_", "");
    }

    private static String without(String name, String prefix, String suffix) {
        boolean both =
                name.startsWith(prefix) && name.endsWith(suffix) && name.length() > prefix.length() + suffix.length();
        return both ? name.substring(prefix.length(), name.length() - suffix.length()) : name;
    }

    /** Says whether a name is a noun in the plural, or that noun itself. */
    static boolean isPlural(String name, String noun) {
        return List.of(noun, noun + "s", noun + "es", noun.replaceAll("y$", "ies"), noun.replaceAll("fe?$", "ves"))
                .contains(name);
    }
}
