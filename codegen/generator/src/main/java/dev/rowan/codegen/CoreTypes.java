package dev.rowan.codegen;

/** The types of {@code rowan-core} that generated sources refer to. Known by name only, and only here. */
final class CoreTypes {

    static final String ROW = "dev.rowan.record.KeyedRecord";
    static final String KEYLESS_ROW = "dev.rowan.record.KeylessRecord";
    static final String REPOSITORY = "dev.rowan.Repository";
    static final String READ_REPOSITORY = "dev.rowan.ReadRepository";
    static final String DATABASE = "dev.rowan.Database";
    static final String SESSION = "dev.rowan.Session";
    static final String LOCAL_DATE_BINDING = "dev.rowan.type.LocalDateBinding";
    static final String TO_ONE = "dev.rowan.ToOne";
    static final String TO_MANY = "dev.rowan.ToMany";
    static final String MANY_TO_MANY = "dev.rowan.ManyToMany";
    static final String LOCAL_DATE_TIME_BINDING = "dev.rowan.type.LocalDateTimeBinding";
    static final String DECLARED = "dev.rowan.record.DeclaredTable";
    static final String DURATION_BINDING = "dev.rowan.type.DurationBinding";
    static final String BITS_BINDING = "dev.rowan.type.BitsBinding";
    static final String UUID_CONVERTER = "dev.rowan.type.UuidConverter";
    static final String SET_CONVERTER = "dev.rowan.type.SetConverter";
    static final String ENUM_CONVERTER = "dev.rowan.type.EnumConverter";
    static final String JSON_CONVERTER = "dev.rowan.type.JsonConverter";

    private CoreTypes() {}

    /** Returns what makes the binding of a JSON column of a converter, itself an expression. */
    static String jsonBinding(String converter) {
        return "new dev.rowan.type.JsonBinding<>(" + converter + ")";
    }
}
