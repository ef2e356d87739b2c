package dev.rowan;

import dev.rowan.internal.executor.Executor;

/** Gives tests access to the internals of Rowan's public types. */
public final class Internals {

    private Internals() {}

    /** Returns the executor of a database's repositories. */
    public static Executor executor(Database database) {
        return database.executor();
    }

    /** Returns the executor of a session's repositories. */
    public static Executor executor(Session session) {
        return session.executor();
    }
}
