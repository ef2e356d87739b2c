package dev.rowan;

/** What tests of Rowan's internals need of its public types. */
final class Internals {

    private Internals() {}

    /** Returns what runs the statements of a database's repositories. */
    static Channel executor(Database database) {
        return database.channel();
    }

    /** Returns what runs the statements of a session's repositories. */
    static Channel executor(Session session) {
        return session.channel();
    }
}
