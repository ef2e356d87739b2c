package dev.rowan.codegen;

import dev.rowan.codegen.page.PageGenerator;
import dev.rowan.codegen.page.PageOptions;
import dev.rowan.db.Changeset;
import dev.rowan.db.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.codegen.GenerationTool;

/**
 * Writes the page of a schema: of the one that the changelog makes on a server of this run, or of the database that is
 * given by its URL. It alters nothing in a database of the user.
 */
final class Documentation {

    private final DocumentationOptions options;
    private final StepLog log;

    Documentation(DocumentationOptions options, Consumer<String> log) {
        this.options = options;
        this.log = new StepLog(log);
    }

    void run() throws Exception {
        long start = System.nanoTime();
        try (var server = DatabaseServer.start(options.generator().server())) {
            log.report("server", server.description(), start);
            if (server.environment()) {
                writeApart(server);
            } else {
                var isApplied = server.disposable();
                write(
                        server,
                        isApplied ? options.generator().changelog().selection() : Optional.empty(),
                        isApplied ? migrate(server) : Map.of());
            }
        }
    }

    /** Writes the page from a database of this run alone: what was done in the environment is not on it. */
    void writeApart(DatabaseServer server) throws Exception {
        try (var apart = server.temporaryDatabase("rowan_docs_")) {
            write(apart, options.generator().changelog().selection(), migrate(apart));
        }
    }

    /** Returns the changesets that have shaped each table. */
    private Map<String, List<Changeset>> migrate(DatabaseServer server) {
        long start = System.nanoTime();
        var changelog = options.generator().changelog();
        var history =
                changelog.migrator(server.dataSource(), changelog.loader()).updateWithHistory();
        var count = StepLog.count(history.applied().size(), "changeset");
        log.report("applied", "%s of %s".formatted(count, changelog.name()), start);
        return history.tables();
    }

    private void write(DatabaseServer server, Optional<String> selection, Map<String, List<Changeset>> history)
            throws Exception {
        long start = System.nanoTime();
        create(options.html());
        create(options.markdown());
        var work = options.generator().work();
        try (var connection = server.dataSource().getConnection()) {
            var configuration = JooqConfiguration.of(options.generator(), Generation.schemaOf(connection), work);
            var page = new PageOptions(options.title(), options.html(), options.markdown(), selection, history);
            configuration.getGenerator().setName(PageGenerator.class.getName());
            var database = configuration.getGenerator().getDatabase();
            var properties = new ArrayList<>(database.getProperties());
            properties.addAll(page.properties());
            database.setProperties(properties);
            var tool = new GenerationTool();
            tool.setConnection(connection);
            tool.run(configuration);
        }
        log.report("written", StepLog.relativized(options.html()).toString(), start);
        log.lines().accept("written   " + StepLog.relativized(options.markdown()));
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
    }
}
