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
                .withForcedTypes(
                        new ForcedType().withName("BOOLEAN").withIncludeTypes("(?i:tinyint\\(1\\))"),
                        // jOOQ takes all bits for one
                        new ForcedType().withName("VARBINARY").withIncludeTypes("(?i:bit\\((?!1\\b).*)"),
                        // jOOQ's own goes by way of a Timestamp, which some hours of the JVM's zone do not have
                        new ForcedType()
                                .withUserType("java.time.LocalDateTime")
                                .withBinding(CoreTypes.LOCAL_DATE_TIME_BINDING)
                                .withIncludeTypes("(?i:(datetime|timestamp).*)"),
                        new ForcedType()
                                .withUserType("java.util.UUID")
                                .withConverter(CoreTypes.UUID_CONVERTER)
                                .withIncludeExpression("(?i:(.*\\.)?(.*_)?uuid)")
                                .withIncludeTypes("(?i:binary\\(16\\))"));
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
