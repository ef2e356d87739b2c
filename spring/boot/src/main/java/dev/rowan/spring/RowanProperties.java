package dev.rowan.spring;

import dev.rowan.config.DataSourceOptions;
import dev.rowan.config.Merging;
import dev.rowan.config.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * The properties of Rowan in a Spring Boot service.
 *
 * @param migrate Whether to apply the changelog when the service starts, before other beans use the database.
 * @param changelog The class-path name of the changelog.
 * @param contexts The contexts of the changelog that are applied. Without one, no changeset that has a context runs.
 * @param labels An expression that the labels of a changeset must match. The empty one matches all.
 * @param changelogParameters Values for the changelog's parameters.
 * @param packages The packages that have the generated classes, or packages above. By default that of the class that
 *     starts the service.
 * @param check Whether to compare the database with the generated classes when the service starts.
 * @param tunePool Whether to give HikariCP's connections the settings that Rowan needs. Other users of the pool have
 *     them too.
 * @param statementTimeout The longest execution of a statement, which is then stopped on the server. No limit by
 *     default.
 * @param slowStatement A statement that takes as long is logged at WARN.
 * @param logValues Whether the log shows bind values. For a developer's machine only.
 * @param sqlComments Whether a comment before each statement names the method that runs it.
 * @param merging Which concurrent calls outside of transactions are merged into one statement, over a pool of HikariCP:
 *     none, reads, writes or all.
 * @param retry How transactions that Rowan begins are retried after transient failures.
 * @param observations What observations show, if the service has a registry of observations.
 * @param translateExceptions Whether beans with @Repository throw Spring's DataAccessException in place of Rowan's
 *     exceptions.
 */
@ConfigurationProperties("rowan")
record RowanProperties(
        @DefaultValue("true") boolean migrate,

        @DefaultValue(RowanProperties.DEFAULT_CHANGELOG) String changelog,

        @DefaultValue List<String> contexts,
        @DefaultValue("") String labels,
        @DefaultValue Map<String, String> changelogParameters,
        @DefaultValue List<String> packages,
        @DefaultValue("true") boolean check,
        @DefaultValue("true") boolean tunePool,
        @Nullable Duration statementTimeout,
        @DefaultValue("1s") Duration slowStatement,
        @DefaultValue("false") boolean logValues,
        @DefaultValue("false") boolean sqlComments,
        @DefaultValue("reads") Merging merging,
        @DefaultValue Retry retry,
        @DefaultValue Observations observations,
        @DefaultValue("false") boolean translateExceptions) {

    private static final String DEFAULT_CHANGELOG = "db/changelog/db.changelog-master.yaml";

    /**
     * How transactions are retried.
     *
     * @param attempts The maximum number of attempts, including the first. 1 for no retry.
     * @param firstWait The longest wait before the second attempt.
     * @param longestWait The longest wait before any attempt.
     */
    record Retry(
            @DefaultValue("5") int attempts,
            @DefaultValue("20ms") Duration firstWait,
            @DefaultValue("1s") Duration longestWait) {}

    /**
     * What observations show.
     *
     * @param enabled Whether statements and transactions are observed.
     * @param queryText Whether spans show the SQL, which has no values.
     */
    record Observations(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("true") boolean queryText) {}

    /** Returns the name of the changelog as a class loader knows it. */
    String changelogName() {
        return resourceName(changelog);
    }

    /** Returns {@link #changelogName} of an environment. No other property is read: it may have no value yet. */
    static String changelogName(Environment environment) {
        return resourceName(
                Binder.get(environment).bind("rowan.changelog", String.class).orElse(DEFAULT_CHANGELOG));
    }

    private static String resourceName(String changelog) {
        return changelog.replaceFirst("^classpath:", "").replaceFirst("^/+", "");
    }

    /** Returns the options of the database, without a bridge to a transaction manager. */
    DataSourceOptions options() {
        var options = DataSourceOptions.standard()
                .withRetry(new RetryPolicy(retry.attempts(), retry.firstWait(), retry.longestWait()))
                .withSlowStatement(slowStatement);
        if (statementTimeout != null) {
            options = options.withStatementTimeout(statementTimeout);
        }
        if (sqlComments) {
            options = options.withSqlComments();
        }
        return logValues ? options.withLoggedValues() : options;
    }
}
