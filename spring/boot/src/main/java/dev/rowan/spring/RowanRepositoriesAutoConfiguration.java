package dev.rowan.spring;

import dev.rowan.Database;
import dev.rowan.Session;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** What depends on the database: the repositories and the session as beans, and the check of the schema. */
@AutoConfiguration(after = RowanAutoConfiguration.class)
@ConditionalOnSingleCandidate(Database.class)
@Import(RepositoryRegistrar.class)
final class RowanRepositoriesAutoConfiguration {

    /** The session of the transaction that the calling thread has open. */
    @Bean
    @ConditionalOnMissingBean
    Session rowanSession(Database database) {
        return database.currentSession();
    }
}
