package dev.rowan.spring;

import dev.rowan.db.MigrationException;
import dev.rowan.db.Migrator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/**
 * Applies the changelog when the service starts. Spring Boot creates it before the beans that use the database, as it
 * does its own initializers.
 */
final class RowanMigration implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(RowanMigration.class);

    private final Migrator migrator;
    private final String changelog;

    RowanMigration(Migrator migrator, String changelog) {
        this.migrator = migrator;
        this.changelog = changelog;
    }

    @Override
    public void afterPropertiesSet() {
        try {
            var applied = migrator.update().size();
            if (applied > 0) {
                LOG.info(
                        "Applied {} of the changelog {}.",
                        applied == 1 ? "1 changeset" : applied + " changesets",
                        changelog);
            }
        } catch (MigrationException e) {
            throw new StartFailure(
                    e,
                    !e.isConnected()
                            ? StartFailure.CHECK_CONNECTION
                            : "Correct the changelog " + changelog + " or the database as the description says. The"
                                    + " property rowan.changelog names another changelog, and rowan.migrate=false"
                                    + " starts without one.");
        }
    }
}
