package dev.rowan;

import java.sql.Connection;
import java.util.function.Function;

/** The one connection of a session, for as long as its transaction lasts. Not thread-safe. */
final class SessionChannel implements Channel {

    private final Statements statements;
    private final Connection connection;
    private boolean ended;

    SessionChannel(Statements statements, Connection connection) {
        this.statements = statements;
        this.connection = connection;
    }

    /** Returns the connection. @throws IllegalStateException after the end of the transaction */
    Connection connection() {
        if (ended)
            throw new IllegalStateException(
                    "The session's transaction has ended. Use the session inside the body that it was given to.");
        return connection;
    }

    void end() {
        ended = true;
    }

    @Override
    public Statements statements() {
        return statements;
    }

    @Override
    public <T> T run(Call<T> call) {
        return statements.run(call, connection());
    }

    @Override
    public <T> T atomically(Function<Channel, T> work) {
        return work.apply(this);
    }
}
