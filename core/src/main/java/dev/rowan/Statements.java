package dev.rowan;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jooq.Configuration;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.conf.Settings;
import org.jooq.impl.DefaultConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one seam that every statement passes: its text, rendered once for each shape, then bind, execute, read, and a
 * typed error if it fails. Thread-safe; one for each {@link Database}.
 */
final class Statements {

    /** The text of each statement at DEBUG, with the time it took; never a value. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.rowan.sql");

    private final Configuration configuration;
    private final Counters counters = new Counters();
    private final Map<Table<?>, Mapping<?>> mappings = new ConcurrentHashMap<>();

    private volatile long largestPacket;

    Statements(SQLDialect dialect) {
        this.configuration = new DefaultConfiguration()
                .set(dialect)
                .set(new Settings()
                        .withAttachRecords(false)
                        // jOOQ's own log shows values
                        .withExecuteLogging(false)
                        // set once for each connection instead, see Pool
                        .withRenderGroupConcatMaxLenSessionVariable(false));
    }

    /** Returns jOOQ's configuration of this database: dialect and settings, without a connection. */
    Configuration configuration() {
        return configuration;
    }

    /** Returns how the rows of a table are written and read: worked out once. */
    @SuppressWarnings("unchecked") // each table is kept with the mapping of its own records
    <R extends TableRecord<R>> Mapping<R> mapping(Table<R> table, Supplier<R> newRecord) {
        var known = (Mapping<R>) mappings.get(table);
        return known != null
                ? known
                : (Mapping<R>)
                        mappings.computeIfAbsent(table, t -> new Mapping<>(table, newRecord, configuration.dsl()));
    }

    /** Returns what counts the transactions and the retries, too. */
    Counters counters() {
        return counters;
    }

    /** Returns the most bytes that the server takes in one packet: asked once. */
    long largestPacket(Channel channel) {
        if (largestPacket == 0)
            largestPacket = channel.run(Call.query(null, "select @@max_allowed_packet", new Binds(), rows -> {
                rows.next();
                return rows.getLong(1);
            }));
        return largestPacket;
    }

    /** Runs a call on a connection. */
    <T> T run(Call<T> call, Connection connection) {
        var start = System.nanoTime();
        try (var statement = call.prepare(connection)) {
            statement.execute();
            return call.answer().from(statement);
        } catch (SQLException e) {
            throw Errors.typed(e, call.verb(), call.table());
        } finally {
            log(call.text(), start);
        }
    }

    /** Runs a text without values that is about no table, in one round trip: the beginning or end of a transaction. */
    void execute(String text, Connection connection) {
        var start = System.nanoTime();
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw Errors.typed(e, Verb.RUN, null);
        } finally {
            log(text, start);
        }
    }

    /** Logs a statement that began at this {@link System#nanoTime()}. */
    static void log(String text, long start) {
        if (LOG.isDebugEnabled()) LOG.debug("{} [{} ms]", text, "%.1f".formatted((System.nanoTime() - start) / 1e6));
    }
}
