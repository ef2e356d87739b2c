package dev.rowan.codegen;

import dev.rowan.codegen.SourceTree.Changes;
import dev.rowan.db.Changeset;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.Migrator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jooq.codegen.GenerationTool;

/** One run, from a server to sources, told line by line to a person. */
final class Generation {

    private final GeneratorOptions options;
    private final Consumer<String> lines;

    Generation(GeneratorOptions options, Consumer<String> lines) {
        this.options = options;
        this.lines = lines;
    }

    void run() throws Exception {
        long start = System.nanoTime();
        try (DatabaseServer server = DatabaseServer.start(options.server())) {
            tell("server", server.description(), start);
            int pending = 0;
            if (server.disposable() || options.migrate()) {
                migrate(server);
            } else {
                pending = tellPending(server);
            }
            try (Connection connection = server.dataSource().getConnection()) {
                generate(connection, pending);
            }
        }
    }

    private void migrate(DatabaseServer server) {
        long start = System.nanoTime();
        List<Changeset> applied =
                Migrator.of(server.dataSource(), options.changelog()).update();
        tell("applied", "%s of %s".formatted(count(applied.size(), "changeset"), options.changelog()), start);
    }

    /**
     * Says what the sources of a database that is read as it is will lack, if the project has a changelog.
     *
     * @return how many changesets are pending
     */
    private int tellPending(DatabaseServer server) {
        String changelog = options.changelog();
        if (changelog.isBlank()
                || Thread.currentThread().getContextClassLoader().getResource(changelog) == null) {
            return 0;
        }
        long start = System.nanoTime();
        int pending = Migrator.of(server.dataSource(), changelog).pending().size();
        if (pending > 0) {
            tell(
                    "pending",
                    "%s of %s not in this database; -Drowan.migrate=true applies what is pending"
                            .formatted(count(pending, "changeset"), changelog),
                    start);
        }
        return pending;
    }

    /** Generates from the schema that the connection is in. */
    private void generate(Connection connection, int pending) throws Exception {
        long start = System.nanoTime();
        var fresh = new SourceTree(Files.createTempDirectory("rowan-sources"));
        try {
            var tool = new GenerationTool();
            tool.setConnection(connection);
            String schema = schemaOf(connection);
            tool.run(JooqConfiguration.of(options, schema, fresh.root()));
            // jOOQ removes the directory of an empty schema
            Files.createDirectories(fresh.root());
            if (pending > 0 && fresh.isEmpty()) {
                throw new IllegalArgumentException("The database " + schema
                        + " has no tables yet, so that the sources stay as they are."
                        + " Apply the pending changesets, by -Drowan.migrate=true or with your own tools.");
            }
            Changes changes = new SourceTree(options.output()).become(fresh);
            tell(
                    "written",
                    "%s (%d changed, %d removed) to %s"
                            .formatted(
                                    count(changes.files(), "source"),
                                    changes.changed(),
                                    changes.removed(),
                                    shown(options.output())),
                    start);
        } finally {
            fresh.delete();
        }
    }

    private static String schemaOf(Connection connection) throws SQLException {
        String schema = connection.getCatalog();
        if (schema == null || schema.isEmpty()) {
            throw new IllegalArgumentException("The URL names no database. Add it: jdbc:mysql://host:3306/shop");
        }
        return schema;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path) : path;
    }

    private void tell(String what, String how, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        lines.accept(String.format(Locale.ROOT, "%-9s %s, %.1f s", what, how, seconds));
    }
}
