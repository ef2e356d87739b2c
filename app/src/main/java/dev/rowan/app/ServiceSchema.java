package dev.rowan.app;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.db.Changeset;
import dev.rowan.db.Migrator;

/** The schema of this service in one database. */
record ServiceSchema(DatabaseOptions database) {

    /** The changelog from which the build generates {@code dev.rowan.app.schema}. */
    static final String CHANGELOG = "rowan/changelog/master.yaml";

    /** Checks the connection, with its timeouts, and returns the migrator. A changeset itself has no time limit. */
    Migrator migrator() {
        Database.open(database).close();
        return Migrator.of(database.url(), database.user(), database.password(), CHANGELOG);
    }

    /** Returns the file and the id of a changeset for display. */
    static String displayName(Changeset changeset) {
        var file = changeset.file();
        return file.substring(file.lastIndexOf('/') + 1) + "  " + changeset.id();
    }
}
