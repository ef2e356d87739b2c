package dev.rowan.codegen;

import java.nio.file.Path;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.OnError;
import org.jooq.meta.jaxb.Strategy;
import org.jooq.meta.jaxb.Target;

/** How jOOQ's generator is set up: the same sources from either server, wherever and whenever they are generated. */
final class JooqConfiguration {

    private static final String LIQUIBASE = "(?i:DATABASECHANGELOG(LOCK)?)";

    private static final String SPATIAL = "geometry|(multi)?(point|linestring|polygon)|geom(etry)?collection";

    private JooqConfiguration() {}

    static Configuration of(GeneratorOptions options, String schema, Path directory) {
        return new Configuration()
                .withLogging(Logging.WARN)
                .withOnUnused(OnError.SILENT)
                .withGenerator(new Generator()
                        .withName(RowanGenerator.class.getName())
                        .withStrategy(new Strategy().withName(RowanStrategy.class.getName()))
                        .withDatabase(database(options, schema))
                        .withGenerate(generate())
                        .withTarget(new Target()
                                .withPackageName(options.packageName())
                                .withDirectory(directory.toString())
                                .withEncoding("UTF-8")
                                .withLocale("en")));
    }

    private static Database database(GeneratorOptions options, String schema) {
        return new Database()
                .withName(RowanDatabase.class.getName())
                .withInputSchema(schema)
                // no name of a throwaway schema in the sources
                .withOutputSchemaToDefault(true)
                .withIncludes(options.includes())
                .withExcludes(options.excludes().isEmpty() ? LIQUIBASE : LIQUIBASE + "|" + options.excludes())
                // their texts differ from server to server, and nothing here uses them
                .withIncludeCheckConstraints(false)
                .withIncludeRoutines(false)
                // for RowanGenerator, which adds the types that depend on a single column
                .withProperties(UserType.property(options.types()))
                .withForcedTypes(
                        type("tinyint\\(1\\)").withName("BOOLEAN"),
                        // jOOQ takes it for a double, and bits of any number for one
                        type("float").withName("REAL"),
                        type("bit\\((?!1\\b).*")
                                .withName("BIGINTUNSIGNED")
                                .withUserType("org.jooq.types.ULong")
                                .withBinding(CoreTypes.BITS_BINDING),
                        // the bytes of the server's own
                        type(SPATIAL + "|vector").withName("BLOB"),
                        // jOOQ's own is no text that MariaDB keeps, so that none is equal
                        type("json")
                                .withUserType("org.jooq.JSON")
                                .withBinding(
                                        CoreTypes.jsonBinding("org.jooq.Converters.identity(org.jooq.JSON.class)")),
                        // no LocalTime is negative, or longer than a day
                        type("time").withUserType("java.time.Duration").withBinding(CoreTypes.DURATION_BINDING),
                        // jOOQ's own go by way of a Date or Timestamp, which some days and hours of a zone do not have
                        type("date").withUserType("java.time.LocalDate").withBinding(CoreTypes.LOCAL_DATE_BINDING),
                        type("datetime|timestamp")
                                .withUserType("java.time.LocalDateTime")
                                .withBinding(CoreTypes.LOCAL_DATE_TIME_BINDING),
                        type("binary\\(16\\)")
                                .withUserType("java.util.UUID")
                                .withConverter(CoreTypes.UUID_CONVERTER)
                                .withIncludeExpression("(?i:(.*\\.)?(.*_)?uuid)"));
    }

    /** Begins the type of columns whose own type, as the schema has it, is matched as a whole. */
    private static ForcedType type(String pattern) {
        return new ForcedType().withIncludeTypes("(?i:" + pattern + ")");
    }

    private static Generate generate() {
        return new Generate()
                .withFluentSetters(true)
                .withRecordsImplementingRecordN(false)
                .withGeneratedAnnotation(false)
                .withDeprecated(false)
                .withDeprecationOnUnknownTypes(false)
                .withSources(false)
                .withSourcesOnViews(false)
                .withNewline("\\n");
    }
}
