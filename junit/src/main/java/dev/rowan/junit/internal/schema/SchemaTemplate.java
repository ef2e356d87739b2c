package dev.rowan.junit.internal.schema;

import static dev.rowan.junit.internal.schema.SchemaConnection.quoted;

import dev.rowan.db.DatabaseServer;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schema that a changelog was applied to. Each test class gets a copy, which takes about a tenth of the time that
 * applying the changelog takes. Closing it drops the schema. Thread-safe.
 */
public final class SchemaTemplate implements AutoCloseable {

    private static final int MAX_LABEL_LENGTH = 30;

    private final DatabaseServer server;
    private final String schema;
    private final SchemaDefinition definition;

    private SchemaTemplate(DatabaseServer server, String schema, SchemaDefinition definition) {
        this.server = server;
        this.schema = schema;
        this.definition = definition;
    }

    /** Creates a schema and applies the changelog to it. */
    public static SchemaTemplate migrate(DatabaseServer server, Changelog changelog) {
        var schema = uniqueName("template");
        var url = server.createDatabase(schema);
        try (var connection = SchemaConnection.open(server, schema)) {
            changelog.applyTo(url, server.user(), server.password());
            return new SchemaTemplate(server, schema, SchemaDefinition.read(connection, schema));
        } catch (RuntimeException e) {
            drop(server, schema);
            throw e;
        }
    }

    /** Creates a copy for the test class of this name. */
    public TestSchema copy(String testClass) {
        var copy = uniqueName(testClass);
        var url = server.createDatabase(copy);
        @Nullable SchemaConnection connection = null;
        try {
            connection = SchemaConnection.open(server, copy);
            return new TestSchema(copy, url, server, definition, connection);
        } catch (RuntimeException e) {
            if (connection != null) {
                connection.close();
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
        try (var connection = SchemaConnection.open(server, schema)) {
            connection.run("DROP DATABASE " + quoted(schema));
        }
    }

    /** Returns a name that no other run uses, and that shows people what the schema is for. */
    private static String uniqueName(String label) {
        var plain = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        var random = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        return "rowan_test_" + plain.substring(0, Math.min(MAX_LABEL_LENGTH, plain.length())) + "_" + random;
    }
}
