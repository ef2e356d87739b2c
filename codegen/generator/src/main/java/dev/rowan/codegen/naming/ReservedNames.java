package dev.rowan.codegen.naming;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jooq.impl.TableImpl;
import org.jooq.impl.UpdatableRecordImpl;

/**
 * The names that a generated class must not have, or must not give to a member: those that it inherits, and those of
 * types that its source names without a package. A name that is reserved gets an underscore, and so does the same name
 * with underscores, so that the two stay apart.
 */
final class ReservedNames {

    private static final Set<String> RECORD_GETTERS = methods(UpdatableRecordImpl.class, 0);
    private static final Set<String> RECORD_SETTERS = methods(UpdatableRecordImpl.class, 1);
    private static final Set<String> TABLE_METHODS = methods(TableImpl.class, 0);
    private static final Pattern GETTER = Pattern.compile("get(?!\\p{Ll}).+");

    /** What {@code dev.rowan.record.DeclaredTable} adds to a table. */
    private static final Set<String> DECLARED_TABLE = Set.of("declarations");

    /** What every Java record has. */
    private static final Set<String> OBJECT_METHODS =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    /** The packages of types that a source may have to name in full. */
    private static final Set<String> PACKAGES = Set.of("java", "org", "dev");

    private static final Pattern WINDOWS_DEVICE = Pattern.compile("(?i)con|prn|aux|nul|(com|lpt)[1-9]");

    private static final Set<String> TABLE_CONSTANTS = Set.of("DSL", "DEFAULT_SCHEMA", "DEFAULT_CATALOG");

    private static final Set<String> ENUM_CONSTANTS = Set.of("literal", "EnumType");

    private ReservedNames() {}

    /** Returns the name of the class of a table: not one of {@code java.lang}, and no device of Windows. */
    static String tableClass(String name) {
        return free(
                name,
                base -> isJavaLangType(base) || WINDOWS_DEVICE.matcher(base).matches());
    }

    static String tableConstant(String name) {
        return free(name, TABLE_CONSTANTS::contains);
    }

    /** Returns the constant of a column, which stands beside the constant of its table. */
    static String columnConstant(String name, String table) {
        return free(name, table::equals);
    }

    static String enumConstant(String name, String packageRoot) {
        return free(name, base -> ENUM_CONSTANTS.contains(base) || isPackage(base, packageRoot));
    }

    /** Returns what follows {@code get} and {@code set} in the names of a column's methods. */
    static String property(String name) {
        return free(name, base -> RECORD_GETTERS.contains("get" + base) || RECORD_SETTERS.contains("set" + base));
    }

    /** Returns the method of a record that returns a relation; it is never the getter of a column. */
    static String accessor(String name) {
        return free(
                name,
                base -> RECORD_GETTERS.contains(base) || GETTER.matcher(base).matches());
    }

    /** Returns the method of a table that returns a path. */
    static String path(String name) {
        return free(name, base -> TABLE_METHODS.contains(base) || DECLARED_TABLE.contains(base));
    }

    /** Returns the name of a parameter, or of a component of a Java record. */
    static String parameter(String name, String tableClass, String packageRoot) {
        return free(
                name, base -> OBJECT_METHODS.contains(base) || isPackage(base, packageRoot) || base.equals(tableClass));
    }

    private static boolean isPackage(String name, String packageRoot) {
        return PACKAGES.contains(name) || name.equals(packageRoot);
    }

    private static String free(String name, Predicate<String> reserved) {
        for (int end = name.length(); ; end--) {
            if (reserved.test(name.substring(0, end))) {
                return name + "_";
            }
            if (end == 0 || name.charAt(end - 1) != '_') {
                return name;
            }
        }
    }

    private static boolean isJavaLangType(String name) {
        try {
            Class.forName("java.lang." + name);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            // an error if the name differs from a type's in its case only, on a case-insensitive disk
            return false;
        }
    }

    /** Returns the names of all methods with this number of parameters, as jOOQ's generator looks for them. */
    private static Set<String> methods(Class<?> type, int parameters) {
        Set<String> names = new HashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            add(each, parameters, names);
        }
        return Set.copyOf(names);
    }

    private static void add(Class<?> type, int parameters, Set<String> names) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getParameterCount() == parameters) {
                names.add(method.getName());
            }
        }
        for (Class<?> parent : type.getInterfaces()) {
            add(parent, parameters, names);
        }
    }
}
