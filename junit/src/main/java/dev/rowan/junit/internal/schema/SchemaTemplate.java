package dev.rowan.junit;

import static dev.rowan.junit.Sql.quoted;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.Migrator;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schema that a changelog was applied to, of which each test class gets a copy: that takes about a tenth of the time
 * that the changelog would take again. Thread-safe.
 */
final class Template implements AutoCloseable {

    private static final int LONGEST_LABEL = 30;

    private final DatabaseServer server;
    private final String schema;
    private final Blueprint blueprint;

    private Template(DatabaseServer server, String schema, Blueprint blueprint) {
        this.server = server;
        this.schema = schema;
        this.blueprint = blueprint;
    }

    /** Makes a schema and applies the changelog to it; to an empty name belongs an empty schema. */
    static Template migrate(DatabaseServer server, String changelog) {
        var schema = freshName("template");
        var url = server.createDatabase(schema);
        try (var sql = Sql.on(server, schema)) {
            if (!changelog.isEmpty()) {
                Migrator.of(url, server.user(), server.password(), changelog).update();
            }
            return new Template(server, schema, Blueprint.read(sql, schema));
        } catch (RuntimeException e) {
            drop(server, schema);
            throw e;
        }
    }

    /** Makes a copy, for the test class of this name. */
    TestSchema copy(String testClass) {
        var copy = freshName(testClass);
        var url = server.createDatabase(copy);
        @Nullable Sql sql = null;
        try {
            sql = Sql.on(server, copy);
            return new TestSchema(copy, url, server, blueprint, sql);
        } catch (RuntimeException e) {
            if (sql != null) {
                sql.close();
            }
            drop(server, copy);
            throw e;
        }
    }

    @Override
    public void close() {
        drop(server, schema);
    }

    private static void drop(DatabaseServer server, String schema) {
        try (var sql = Sql.on(server, schema)) {
            sql.run("DROP DATABASE " + quoted(schema));
        }
    }

    /** Returns a name that no other run takes, and by which people see what it is and whose. */
    private static String freshName(String label) {
        var plain = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        var random = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        return "rowan_test_" + plain.substring(0, Math.min(LONGEST_LABEL, plain.length())) + "_" + random;
    }
}
