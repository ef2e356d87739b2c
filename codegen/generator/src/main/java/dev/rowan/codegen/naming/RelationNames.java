package dev.rowan.codegen.naming;

import static dev.rowan.codegen.naming.JavaSyntax.snakeCase;

import java.util.List;
import java.util.stream.Stream;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.ManyToManyKeyDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.UniqueKeyDefinition;

/**
 * The names of relations, in snake case. A name depends only on its own foreign key, or on its own link table, so that
 * adding another never changes what it means: {@code orders.user_id → users} gives {@code user} and {@code orders},
 * {@code orders.approver_id → users} gives {@code approver} and {@code orders_by_approver}, {@code order_items.order_id
 * → orders} gives {@code order} and {@code items}; {@code user_roles} gives {@code roles} and {@code users}.
 */
final class RelationNames {

    private static final String BY = "_by_";
    private static final String ID = "id";

    private final ConfiguredNames names;

    RelationNames(ConfiguredNames names) {
        this.names = names;
    }

    /** Returns the name of the to-one relation that follows the foreign key. */
    String toOne(ForeignKeyDefinition key) {
        return names.toOne(key).orElseGet(() -> role(key) + distinction(key));
    }

    /** Returns the name of the to-many relation on the inverse side of the foreign key. */
    String toMany(ForeignKeyDefinition key) {
        return names.toMany(key).orElseGet(() -> inverse(key) + distinction(key));
    }

    private String inverse(ForeignKeyDefinition key) {
        String table = name(key.getTable());
        String role = role(key);
        if (!isPlural(name(key.getReferencedTable()), role)) {
            return table + BY + role;
        }
        String rest = without(table, role + "_", "");
        if (isReferredTo(key.getTable(), rest)) {
            rest = table; // the rest of user_roles is what the rows of roles are called
        }
        return rest.equals(role) && key.getTable().equals(key.getReferencedTable()) ? table + BY + role : rest;
    }

    private boolean isReferredTo(TableDefinition table, String name) {
        return table.getForeignKeys().stream()
                .map(key -> name(key.getReferencedTable()))
                .anyMatch(target -> isPlural(target, name) || isPlural(name, target));
    }

    /** Returns the name of the many-to-many relation through a link table. */
    String manyToMany(ManyToManyKeyDefinition link) {
        return names.manyToMany(link)
                .orElseGet(() -> linked(link.getForeignKey1(), link.getForeignKey2())
                        + distinction(link.getForeignKey1())
                        + distinction(link.getForeignKey2()));
    }

    private String linked(ForeignKeyDefinition from, ForeignKeyDefinition to) {
        String here = name(from.getReferencedTable());
        String there = name(to.getReferencedTable());
        String link = name(to.getTable());
        if (!isPlural(there, role(to))) {
            return there + BY + link + "_" + role(to);
        }
        if (isPlural(here, role(from))) {
            return isPair(link, List.of(here, role(from)), List.of(there, role(to))) ? there : there + BY + link;
        }
        return there + BY + link + (here.equals(there) ? "" : "_" + role(from));
    }

    /** Returns whether the name consists of one of the first names and one of the second, in either order. */
    private static boolean isPair(String name, List<String> first, List<String> second) {
        return first.stream()
                .flatMap(one -> second.stream().flatMap(other -> Stream.of(one + "_" + other, other + "_" + one)))
                .anyMatch(name::equals);
    }

    /** Returns whether another foreign key of the table leads to the same rows, and stands for this one too. */
    static boolean isRepeated(ForeignKeyDefinition key) {
        return key.getTable().getForeignKeys().stream()
                .anyMatch(other -> other.getKeyColumns().equals(key.getKeyColumns())
                        && other.getReferencedColumns().equals(key.getReferencedColumns())
                        && other.getName().compareTo(key.getName()) < 0);
    }

    private static String distinction(ForeignKeyDefinition key) {
        return isRepeated(key) ? BY + snakeCase(key.getName()) : "";
    }

    private String name(TableDefinition table) {
        return snakeCase(names.of(table));
    }

    /**
     * Returns what the referenced row is to this one: the column's name without {@code _id}; for a composite key, the
     * constraint's name without {@code fk_} and the table's name. Where that says nothing, the singular of the
     * referenced table.
     */
    private String role(ForeignKeyDefinition key) {
        List<ColumnDefinition> columns = key.getKeyColumns();
        String table = name(key.getReferencedTable());
        if (columns.size() > 1) {
            String constraint = snakeCase(key.getName());
            String own = snakeCase(key.getTable().getName()) + "_";
            return constraint.matches("\\Q" + own + "\\Eibfk_\\d+")
                    ? singular(table)
                    : without(without(constraint, "fk_", ""), own, "");
        }
        String column = snakeCase(names.of(columns.get(0)));
        String role = without(column, "", "_" + ID);
        boolean nothing = column.equals(ID) || (role.equals(column) && repeatsPrimaryKey(key));
        return nothing ? singular(table) : role;
    }

    /** Returns whether the column has the name of the primary key that it refers to, as {@code emp_no}. */
    private static boolean repeatsPrimaryKey(ForeignKeyDefinition key) {
        UniqueKeyDefinition referenced = key.getReferencedKey();
        return referenced.isPrimaryKey()
                && referenced
                        .getKeyColumns()
                        .get(0)
                        .getName()
                        .equalsIgnoreCase(key.getKeyColumns().get(0).getName());
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

    /** Returns the noun of which a name is the plural, or the name itself. */
    static String singular(String name) {
        return name.replaceFirst("(?<=.)ies$", "y")
                .replaceFirst("(?<=ss|x|ch|sh|tus|bus)es$", "")
                .replaceFirst("(?<=[^su])s$", "");
    }
}
