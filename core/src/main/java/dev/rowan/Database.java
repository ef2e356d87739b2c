package dev.rowan;

import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/**
 * A MySQL database: the pool of its connections, and where repositories and transactions come from.
 *
 * <pre>{@code
 * try (var database = Database.open(DatabaseOptions.of("jdbc:mysql://localhost:3306/shop", "app", password))) {
 *     var users = new UsersRepository(database);
 *     var ann = users.insert(u -> u.setName("Ann").setAge(31));
 * }
 * }</pre>
 *
 * <p>Thread-safe. One for each database and process is enough; {@link #close()} ends its connections.
 */
public final class Database implements AutoCloseable {

    private final Connections connections;
    private final PoolChannel channel;
    private final DSLContext dsl;

    private Database(Connections connections, Statements statements) {
        this.connections = connections;
        this.channel = new PoolChannel(connections, statements);
        this.dsl = Dsl.over(connections, statements.configuration());
    }

    /**
     * Opens a database, with one connection to begin with.
     *
     * @throws dev.rowan.error.TransientFailure if no server answers
     * @throws dev.rowan.error.OtherFailure if it refuses the user, the password or the database
     */
    public static Database open(DatabaseOptions options) {
        var pool = Pool.open(options);
        try {
            return new Database(pool, new Statements(dialect(pool)));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Runs the body in a transaction: committed when the body returns, rolled back when it throws.
     *
     * @throws X what the body throws, as it is
     * @throws dev.rowan.error.CommitOutcomeUnknown if the answer to the commit was lost
     */
    public <X extends Exception> void transaction(Session.Body<X> body) throws X {
        channel.<Session, X>transaction(inner -> {
            var session = new Session(inner);
            body.run(session);
            return session;
        });
    }

    /**
     * Runs the body in a transaction and returns its result: committed when the body returns, rolled back when it
     * throws.
     *
     * @throws X what the body throws, as it is
     * @throws dev.rowan.error.CommitOutcomeUnknown if the answer to the commit was lost
     */
    public <T extends @Nullable Object, X extends Exception> T transactionResult(Session.ResultBody<T, X> body)
            throws X {
        return channel.<T, X>transaction(inner -> body.run(new Session(inner)));
    }

    /** Returns all of jOOQ, with Rowan's errors; each statement is in autocommit, on a connection of its own. */
    public DSLContext dsl() {
        return dsl;
    }

    /** Returns what this database did since it was opened, and how many of its connections are in use now. */
    public Statistics statistics() {
        return channel.statements().counters().statistics(connections);
    }

    /** Ends all connections, those in use too. Closing twice does nothing more. */
    @Override
    public void close() {
        connections.close();
    }

    Channel channel() {
        return channel;
    }

    /** Returns how many connections are out of the pool: none, when no call is under way. */
    int connectionsInUse() {
        return connections.inUse();
    }

    private static SQLDialect dialect(Connections connections) {
        var connection = connections.borrow();
        try {
            var version = connection.getMetaData().getDatabaseProductVersion();
            return version.contains("MariaDB") ? SQLDialect.MARIADB : SQLDialect.MYSQL;
        } catch (SQLException e) {
            throw Errors.typed(e, Verb.RUN, null);
        } finally {
            connections.giveBack(connection);
        }
    }
}
