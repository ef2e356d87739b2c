package dev.rowan;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jooq.Configuration;
import org.jooq.DSLContext;

/**
 * The one seam that every statement passes: its text, rendered once for each shape, then bind, execute, read, and a
 * typed error if it fails. Thread-safe; one for each {@link Database}.
 */
final class Statements {

    private final Handshake.Server server;
    private final Configuration configuration;
    private final DSLContext rendering;
    private final Watch watch;
    private final boolean rowByRow;

    /**
     * @param more what the user adds to jOOQ's configuration
     * @param rowByRow whether the connections can read rows while the server sends them, without another round trip
     */
    Statements(Handshake.Server server, UnaryOperator<Configuration> more, Watch watch, boolean rowByRow) {
        this.server = server;
        this.configuration = Configurations.of(server.dialect(), more);
        this.rendering = Configurations.forRendering(configuration).dsl();
        this.watch = watch;
        this.rowByRow = rowByRow;
    }

    /** Returns jOOQ's configuration of this database: dialect and settings, without a connection. */
    Configuration configuration() {
        return configuration;
    }

    /** Returns jOOQ's DSL that renders statements of this database; it has no connection. */
    DSLContext rendering() {
        return rendering;
    }

    /** Returns what logs and counts the statements of {@code dsl()} too, and the transactions and retries. */
    Watch watch() {
        return watch;
    }

    /** Returns the counters. */
    Counters counters() {
        return watch.counters();
    }

    /** Returns the most bytes that the server takes in one packet. */
    long largestPacket() {
        return server.largestPacket();
    }

    /** Runs a call on a connection. */
    <T> T run(Call<T> call, Connection connection) {
        var watched = watch.start();
        try {
            return isListenedTo()
                    ? Listened.run(call, connection, watched, configuration)
                    : run(call, connection, watched);
        } catch (SQLException e) {
            throw watched.failed(Errors.typed(e, call.verb(), call.table()));
        } finally {
            watched.end(call::text, call.binds().values());
        }
    }

    /** Runs a text without values that is about no table, in one round trip: the beginning or end of a transaction. */
    void execute(String text, Connection connection) {
        var watched = watch.start();
        try (var statement = connection.createStatement()) {
            statement.execute(text);
            watched.answered();
        } catch (SQLException e) {
            throw watched.failed(Errors.typed(e, Verb.RUN, null));
        } finally {
            watched.end(() -> text, List.of());
        }
    }

    private <T> T run(Call<T> call, Connection connection, Watch.Watched watched) throws SQLException {
        try (var statement = call.prepare(connection, call.text())) {
            return call.run(statement, rowByRow, watched);
        }
    }

    /** Says whether the user has listeners that hear of each statement. */
    boolean isListenedTo() {
        return configuration.executeListenerProviders().length > 0;
    }
}
