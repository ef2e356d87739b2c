package dev.rowan.codegen;

import dev.rowan.codegen.database.RowanDatabase;
import dev.rowan.codegen.naming.RowanNamingStrategy;
import dev.rowan.codegen.source.RowanGenerator;
import dev.rowan.codegen.type.DefaultForcedTypes;
import java.nio.file.Path;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.OnError;
import org.jooq.meta.jaxb.Strategy;
import org.jooq.meta.jaxb.Target;

/** Configures jOOQ's generator so that the sources do not depend on the server, the machine or the time. */
final class JooqConfiguration {

    /** Liquibase's own tables. */
    private static final String LIQUIBASE = "(?i:DATABASECHANGELOG(LOCK)?)";

    private JooqConfiguration() {}

    static Configuration of(GeneratorOptions options, String schema, Path directory) {
        return new Configuration()
                .withLogging(Logging.WARN)
                .withOnUnused(OnError.SILENT)
                .withGenerator(new Generator()
                        .withName(RowanGenerator.class.getName())
                        .withStrategy(new Strategy().withName(RowanNamingStrategy.class.getName()))
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
                // the name of a temporary schema must not appear in the sources
                .withOutputSchemaToDefault(true)
                .withIncludes(anyCharacter(options.includes()))
                .withExcludes(
                        anyCharacter(options.excludes().isEmpty() ? LIQUIBASE : LIQUIBASE + "|" + options.excludes()))
                // their text differs between servers, and nothing uses them
                .withIncludeCheckConstraints(false)
                .withIncludeRoutines(false)
                // RowanDatabase reads them
                .withProperties(options.rules().properties())
                .withForcedTypes(DefaultForcedTypes.all());
    }

    /** Lets a dot match a line break, which a name may contain. */
    private static String anyCharacter(String pattern) {
        return "(?s:" + pattern + ")";
    }

    private static Generate generate() {
        return new Generate()
                .withFluentSetters(true)
                .withRecordsIncludes(anyCharacter(".*"))
                .withRecordsImplementingRecordN(false)
                .withGeneratedAnnotation(false)
                .withDeprecated(false)
                .withDeprecationOnUnknownTypes(false)
                .withSources(false)
                .withSourcesOnViews(false)
                .withNewline("\\n");
    }
}
