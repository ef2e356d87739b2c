package dev.rowan.spring;

import dev.rowan.Database;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Import;

/** What depends on the generated classes: the repositories as beans, and the check of the schema. */
@AutoConfiguration(after = RowanAutoConfiguration.class)
@ConditionalOnSingleCandidate(Database.class)
@Import(RepositoryRegistrar.class)
final class RowanRepositoriesAutoConfiguration {}
