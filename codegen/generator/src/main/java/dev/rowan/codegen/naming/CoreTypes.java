package dev.rowan.codegen.naming;

/**
 * The names of the types of {@code rowan-core} that generated sources refer to. The generator does not compile against
 * core, and no other class of this module contains the name of a core type.
 */
public final class CoreTypes {

    // what users of generated sources work with
    public static final String DATABASE = "dev.rowan.Database";
    public static final String SESSION = "dev.rowan.Session";
    public static final String REPOSITORY = "dev.rowan.Repository";
    public static final String READ_REPOSITORY = "dev.rowan.ReadRepository";
    public static final String TO_ONE = "dev.rowan.ToOne";
    public static final String ONE_TO_ONE = "dev.rowan.OneToOne";
    public static final String TO_MANY = "dev.rowan.ToMany";
    public static final String MANY_TO_MANY = "dev.rowan.ManyToMany";
    public static final String READ_MANY_TO_MANY = "dev.rowan.ReadManyToMany";

    // what generated tables and records extend
    public static final String KEYED_RECORD = "dev.rowan.record.KeyedRecord";
    public static final String KEYLESS_RECORD = "dev.rowan.record.KeylessRecord";
    public static final String DECLARED_TABLE = "dev.rowan.record.DeclaredTable";

    // how column values are read and bound
    public static final String BOOLEAN_BINDING = "dev.rowan.type.BooleanBinding";
    public static final String BITS_BINDING = "dev.rowan.type.BitsBinding";
    public static final String DURATION_BINDING = "dev.rowan.type.DurationBinding";
    public static final String LOCAL_DATE_BINDING = "dev.rowan.type.LocalDateBinding";
    public static final String LOCAL_DATE_TIME_BINDING = "dev.rowan.type.LocalDateTimeBinding";
    public static final String JSON_BINDING = "dev.rowan.type.JsonBinding";
    public static final String JSON_CONVERTER = "dev.rowan.type.JsonConverter";
    public static final String ENUM_CONVERTER = "dev.rowan.type.EnumConverter";
    public static final String SET_CONVERTER = "dev.rowan.type.SetConverter";
    public static final String VECTOR_CONVERTER = "dev.rowan.type.VectorConverter";
    public static final String UUID_CONVERTER = "dev.rowan.type.UuidConverter";

    private CoreTypes() {}
}
