package dev.rowan;

import dev.rowan.internal.executor.Executor;

/** What tests of Rowan's internals need of its public types. */
public final class Internals {

    private Internals() {}

    /** Returns what runs the statements of a database's repositories. */
    public static Executor executor(Database database) {
        return database.executor();
    }

    /** Returns what runs the statements of a session's repositories. */
    public static Executor executor(Session session) {
        return session.executor();
    }
}
