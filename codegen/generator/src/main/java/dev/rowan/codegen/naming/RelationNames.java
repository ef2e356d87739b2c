package dev.rowan.codegen.naming;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.impl.UpdatableRecordImpl;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.ManyToManyKeyDefinition;
import org.jooq.meta.TableDefinition;

/**
 * The names of relations, in snake case. A name depends only on its own foreign key, so that adding a foreign key never
 * renames another relation: {@code orders.user_id → users} gives {@code user} and {@code orders}, {@code
 * orders.approver_id → users} gives {@code approver} and {@code orders_by_approver}, {@code order_items.order_id →
 * orders} gives {@code order} and {@code items}.
 */
public final class RelationNames {

    /** The methods without parameters that every record inherits from jOOQ. */
    private static final Set<String> INHERITED_METHODS = Arrays.stream(UpdatableRecordImpl.class.getMethods())
            .filter(method -> method.getParameterCount() == 0)
            .map(Method::getName)
            .collect(Collectors.toSet());

    private RelationNames() {}

    /** Returns the name of the to-one relation that follows the foreign key. */
    public static String toOne(ForeignKeyDefinition key) {
        return role(key);
    }

    /** Returns the name of the to-many relation on the inverse side of the foreign key. */
    public static String toMany(ForeignKeyDefinition key) {
        String table = name(key.getTable());
        String referenced = name(key.getReferencedTable());
        String role = role(key);
        if (!isPlural(referenced, role)) {
            return table + "_by_" + role;
        }
        // the short name belongs to the many-to-many relation: rows of a link table itself are seldom wanted
        return isInLinkTable(key) ? table : without(table, role + "_", "");
    }

    /** Returns the name of the many-to-many relation through a link table. */
    public static String manyToMany(ManyToManyKeyDefinition key) {
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

    /** Returns whether every record already has a method of this name, so that an accessor would override it. */
    public static boolean isInheritedMethod(String accessor) {
        return INHERITED_METHODS.contains(accessor);
    }

    private static boolean isInLinkTable(ForeignKeyDefinition key) {
        return key.getReferencedTable().getManyToManyKeys().stream()
                .anyMatch(link -> link.getForeignKey1().equals(key));
    }

    private static String name(TableDefinition table) {
        return table.getOutputName().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the column's name without {@code _id}; for a composite key, the constraint's name without {@code fk_} and
     * the table's name.
     */
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

    /** Returns whether a name is the plural of a noun, or the noun itself. */
    static boolean isPlural(String name, String noun) {
        return List.of(noun, noun + "s", noun + "es", noun.replaceAll("y$", "ies"), noun.replaceAll("fe?$", "ves"))
                .contains(name);
    }
}
