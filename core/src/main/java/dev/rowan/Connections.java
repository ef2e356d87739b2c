package dev.rowan;

import java.sql.Connection;
import java.util.Optional;

/** Where connections come from: one for each statement in autocommit, or for each transaction. Thread-safe. */
interface Connections extends AutoCloseable {

    /**
     * Returns a connection, for the caller alone until it is given back.
     *
     * @throws dev.rowan.error.DatabaseException if there is none to be had
     * @throws IllegalStateException after {@link #close()}
     */
    Connection borrow();

    /** Takes a connection back, for the next borrower; never throws. */
    void giveBack(Connection connection);

    /** Takes a connection back that nobody may borrow again; never throws. */
    void discard(Connection connection);

    /** Returns connections that may send files to the server, if there can be any. */
    default Optional<Connections> forFiles() {
        return Optional.empty();
    }

    /** Returns how many connections are borrowed now. */
    int inUse();

    /** Ends all connections that are its own. Closing twice does nothing more. */
    @Override
    void close();
}
