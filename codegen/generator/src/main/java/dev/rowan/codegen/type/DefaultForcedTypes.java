package dev.rowan.codegen.type;

import dev.rowan.codegen.naming.CoreTypes;
import java.util.List;
import org.jooq.meta.jaxb.ForcedType;

/** The Java types of SQL types where Rowan differs from jOOQ. */
public final class DefaultForcedTypes {

    private static final String SPATIAL = "geometry|(multi)?(point|linestring|polygon)|geom(etry)?collection";

    private DefaultForcedTypes() {}

    /** Returns the forced types; {@link ForcedTypeResolver} adds those of single columns, which take precedence. */
    public static List<ForcedType> all() {
        return List.of(
                // jOOQ reads every number but 0 as true, which only 1 equals
                booleanType().withIncludeTypes("(?i:tinyint\\(1\\))"),
                // jOOQ maps FLOAT to Double
                type("float").withName("REAL"),
                // jOOQ maps BIT(n) of any length to Boolean
                type("bit\\((?!1\\b).*")
                        .withName("BIGINTUNSIGNED")
                        .withUserType("org.jooq.types.ULong")
                        .withBinding(CoreTypes.BITS_BINDING),
                // the server's own binary format
                type(SPATIAL).withName("BLOB"),
                type("vector(\\(\\d+\\))?")
                        .withName("BLOB")
                        .withUserType("float[]")
                        .withConverter(CoreTypes.VECTOR_CONVERTER),
                // types of MariaDB alone
                type("inet[46]|uuid").withName("VARCHAR"),
                // with jOOQ's binding, a bound JSON value never equals a stored one on MariaDB
                type("json")
                        .withUserType("org.jooq.JSON")
                        .withBinding(jsonBinding("org.jooq.Converters.identity(org.jooq.JSON.class)")),
                // a LocalTime is neither negative nor longer than a day
                type("time").withUserType("java.time.Duration").withBinding(CoreTypes.DURATION_BINDING),
                // jOOQ converts through Date and Timestamp, which lack some days and hours of a time zone
                type("date").withUserType("java.time.LocalDate").withBinding(CoreTypes.LOCAL_DATE_BINDING),
                type("datetime|timestamp")
                        .withUserType("java.time.LocalDateTime")
                        .withBinding(CoreTypes.LOCAL_DATE_TIME_BINDING),
                type("binary\\(16\\)")
                        .withUserType("java.util.UUID")
                        .withConverter(CoreTypes.UUID_CONVERTER)
                        .withIncludeExpression("(?is:(.*\\.)?(.*_)?uuid)"));
    }

    /** Returns the type of columns that are booleans. */
    static ForcedType booleanType() {
        return new ForcedType()
                .withName("BOOLEAN")
                .withUserType("java.lang.Boolean")
                .withBinding(CoreTypes.BOOLEAN_BINDING);
    }

    /** Returns the Java expression that creates the binding of a JSON column from the expression of its converter. */
    static String jsonBinding(String converter) {
        return "new " + CoreTypes.JSON_BINDING + "<>(" + converter + ")";
    }

    /** Returns a forced type for the columns whose whole SQL type matches the pattern. */
    private static ForcedType type(String pattern) {
        return new ForcedType().withIncludeTypes("(?i:" + pattern + ")");
    }
}
