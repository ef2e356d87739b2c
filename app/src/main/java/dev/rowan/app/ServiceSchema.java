package dev.rowan.app;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.db.Changeset;
import dev.rowan.db.Migrator;

/** The schema that the service works with, in one database. */
record ServiceSchema(DatabaseOptions database) {

    /** The changelog that the build generates {@code dev.rowan.app.schema} from. */
    static final String CHANGELOG = "rowan/changelog/master.yaml";

    /** Returns the migrator of the database, once it has answered; a changeset then takes as long as it takes. */
    Migrator migrator() {
        Database.open(database).close();
        return Migrator.of(database.url(), database.user(), database.password(), CHANGELOG);
    }

    /** Returns a changeset's file and id, for people. */
    static String name(Changeset changeset) {
        var file = changeset.file();
        return file.substring(file.lastIndexOf('/') + 1) + "  " + changeset.id();
    }
}
