package dev.rowan.codegen;

import dev.rowan.codegen.naming.CoreTypes;
import dev.rowan.codegen.source.SourceTree;
import dev.rowan.codegen.source.SourceTree.Changes;
import dev.rowan.db.Changeset;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jooq.codegen.GenerationTool;

/** One run: starts a server, migrates it, and generates sources from its schema. Reports each step in one line. */
final class Generation {

    private static final String JACKSON = "tools/jackson/databind/ObjectMapper.class";

    private final GeneratorOptions options;
    private final StepLog log;
    private final Consumer<String> warnings;
    private final ChangelogLoader loader;

    Generation(GeneratorOptions options, Consumer<String> log, Consumer<String> warnings) {
        this.options = options;
        this.log = new StepLog(log);
        this.warnings = warnings;
        this.loader = options.changelog().loader();
    }

    /** Returns the class-path names that the changelog has read. */
    SortedSet<String> read() {
        return loader.names();
    }

    void run() throws Exception {
        long start = System.nanoTime();
        try (DatabaseServer server = DatabaseServer.start(options.server())) {
            log.report("server", server.description(), start);
            if (server.environment()) {
                generateApart(server);
            } else if (server.disposable() || options.migrate()) {
                migrate(server);
                generate(server, 0);
            } else {
                generate(server, reportPending(server, "this database; -Drowan.migrate=true applies them"));
            }
        }
    }

    /**
     * Generates from a database of this run alone, so that the sources depend on the changelog and on nothing that was
     * done in the environment: they are the same without it.
     */
    private void generateApart(DatabaseServer environment) throws Exception {
        try (DatabaseServer apart = environment.temporaryDatabase("rowan_generate_")) {
            migrate(apart);
            generate(apart, 0);
        }
        try {
            reportPending(environment, "the environment; mvn rowan:env-install applies them");
        } catch (MigrationException e) {
            warnings.accept("The sources are generated, but the environment does not fit the changelog:");
            String.valueOf(e.getMessage()).lines().forEach(warnings);
        }
    }

    private void migrate(DatabaseServer server) {
        long start = System.nanoTime();
        var changelog = options.changelog();
        List<Changeset> applied =
                changelog.migrator(server.dataSource(), loader).update();
        log.report(
                "applied", "%s of %s".formatted(StepLog.count(applied.size(), "changeset"), changelog.name()), start);
    }

    /**
     * Reports the changesets that are not applied to a database that must not be altered, if the project has a
     * changelog.
     *
     * @param where the database, and how to apply them to it
     * @return the number of pending changesets
     */
    private int reportPending(DatabaseServer server, String where) {
        var changelog = options.changelog();
        if (changelog.name().isBlank() || loader.getResource(changelog.name()) == null) {
            return 0;
        }
        long start = System.nanoTime();
        int pending = changelog.migrator(server.dataSource(), loader).pending().size();
        if (pending > 0) {
            log.report(
                    "pending",
                    "%s of %s not applied to %s"
                            .formatted(StepLog.count(pending, "changeset"), changelog.name(), where),
                    start);
        }
        return pending;
    }

    private void generate(DatabaseServer server, int pending) throws Exception {
        try (Connection connection = server.dataSource().getConnection()) {
            generate(connection, pending);
        }
    }

    /** Generates the sources of the connection's current schema. */
    private void generate(Connection connection, int pending) throws Exception {
        long start = System.nanoTime();
        var fresh = new SourceTree(Files.createDirectories(options.work().resolve("sources")));
        fresh.clear(); // left by a run that was killed
        try {
            var tool = new GenerationTool();
            tool.setConnection(connection);
            String schema = schemaOf(connection);
            tool.run(JooqConfiguration.of(options, schema, fresh.root()));
            // jOOQ deletes the directory if the schema is empty
            Files.createDirectories(fresh.root());
            if (pending > 0 && fresh.isEmpty()) {
                throw new IllegalArgumentException("The database " + schema
                        + " has no tables yet, so the sources were left unchanged."
                        + " Apply the pending changesets with -Drowan.migrate=true or with your own tools.");
            }
            warnWithoutJackson(fresh);
            Changes changes = new SourceTree(options.output()).mirror(fresh);
            log.report(
                    "written",
                    "%s (%d changed, %d removed) to %s"
                            .formatted(
                                    StepLog.count(changes.files(), "source"),
                                    changes.changed(),
                                    changes.removed(),
                                    StepLog.relativized(options.output())),
                    start);
        } finally {
            fresh.delete();
        }
    }

    /** Warns if the sources need Jackson: javac does not, so that the first use of a table would be an error. */
    private void warnWithoutJackson(SourceTree sources) throws IOException {
        if (loader.findResource(JACKSON) == null && sources.contains(CoreTypes.JSON_CONVERTER)) {
            warnings.accept("JSON columns of your own types need Jackson 3, which is no dependency of this project. Add"
                    + " tools.jackson.core:jackson-databind, here or where these classes are run.");
        }
    }

    /** Returns the database of a connection. */
    static String schemaOf(Connection connection) throws SQLException {
        String schema = connection.getCatalog();
        if (schema == null || schema.isEmpty()) {
            throw new IllegalArgumentException("The URL names no database. Add it: jdbc:mysql://host:3306/shop");
        }
        return schema;
    }
}
