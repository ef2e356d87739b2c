package dev.rowan.spring;

import dev.rowan.db.MigrationException;
import dev.rowan.db.Migrator;
import org.springframework.beans.factory.InitializingBean;

/**
 * Applies the changelog when the service starts. Spring Boot creates it before the beans that use the database, as it
 * does its own initializers.
 */
final class RowanMigration implements InitializingBean {

    private final Migrator migrator;
    private final String changelog;

    RowanMigration(Migrator migrator, String changelog) {
        this.migrator = migrator;
        this.changelog = changelog;
    }

    @Override
    public void afterPropertiesSet() {
        try {
            migrator.update();
        } catch (MigrationException e) {
            throw new StartFailure(
                    e,
                    "Correct the changelog " + changelog + " or the database as the description says. The property"
                            + " rowan.changelog names another changelog, and rowan.migrate=false starts without one.");
        }
    }
}
