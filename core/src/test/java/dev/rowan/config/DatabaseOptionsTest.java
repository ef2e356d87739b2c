package dev.rowan.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rowan.observe.DatabaseObserver;
import dev.rowan.observe.ObservedStatement;
import dev.rowan.observe.ObservedTransaction;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each method {@code with…} changes only its own option. */
class DatabaseOptionsTest {

    /** Every option differs from its default, so that the tests detect a copy that omits one. */
    private static final DatabaseOptions OTHERS = DatabaseOptions.of("jdbc:mysql://db:3306/shop", "app", "secret")
            .withPoolSize(3)
            .withConnectTimeout(Duration.ofSeconds(11))
            .withPoolTimeout(Duration.ofSeconds(12))
            .withStatementTimeout(Duration.ofSeconds(13))
            .withSocketTimeout(Duration.ofSeconds(90))
            .withRetry(RetryPolicy.never())
            .withMerging(Merging.ALL)
            .withSlowStatement(Duration.ofSeconds(14))
            .withLoggedValues()
            .withSqlComments()
            .withConfiguration(configuration -> configuration.derive())
            .withObserver(new Silent(1));

    static Stream<Arguments> changes() {
        return Stream.of(
                change("poolSize", options -> options.withPoolSize(4)),
                change("connectTimeout", options -> options.withConnectTimeout(Duration.ofSeconds(1))),
                change("poolTimeout", options -> options.withPoolTimeout(Duration.ofSeconds(1))),
                change("statementTimeout", options -> options.withStatementTimeout(Duration.ofSeconds(1))),
                change("socketTimeout", options -> options.withSocketTimeout(Duration.ofSeconds(91))),
                change("retry", options -> options.withRetry(RetryPolicy.standard())),
                change("merging", options -> options.withMerging(Merging.READS)),
                change("slowStatement", options -> options.withSlowStatement(Duration.ofSeconds(1))),
                change("configuration", options -> options.withConfiguration(UnaryOperator.identity())),
                change("observer", options -> options.withObserver(new Silent(2))));
    }

    private record Silent(int number) implements DatabaseObserver {
        @Override
        public @Nullable RunningStatement statement(ObservedStatement statement) {
            return null;
        }

        @Override
        public Runnable inContext(Runnable work) {
            return work;
        }

        @Override
        public @Nullable OpenTransaction transaction(ObservedTransaction transaction) {
            return null;
        }
    }

    private static Arguments change(String option, UnaryOperator<DatabaseOptions> change) {
        return arguments(option, change);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeAffectsOneOptionOnly(String option, UnaryOperator<DatabaseOptions> change) {
        assertEquals(Set.of(option), differences(OTHERS, change.apply(OTHERS)));
    }

    @Test
    void loggedValuesAffectOneOptionOnly() {
        var options = DatabaseOptions.of("jdbc:mysql://db:3306/shop", "app", "secret");

        assertEquals(Set.of("logValues"), differences(options, options.withLoggedValues()));
    }

    @Test
    void everyOptionOfTheSampleDiffersFromItsDefault() {
        var defaults = DatabaseOptions.of("jdbc:mysql://db:3306/shop", "app", "secret");
        var all = Arrays.stream(DatabaseOptions.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        all.removeAll(List.of("url", "user", "password"));

        assertEquals(all, differences(defaults, OTHERS));
    }

    @Test
    void theSocketTimeoutIsAtLeastThirtySecondsLongerThanTheStatementTimeout() {
        var options = DatabaseOptions.of("jdbc:mysql://db:3306/shop", "app", "secret");

        assertEquals(
                Duration.ofSeconds(75),
                options.withStatementTimeout(Duration.ofSeconds(45)).socketTimeout());
        assertEquals(
                Duration.ofSeconds(60),
                options.withStatementTimeout(Duration.ofSeconds(29)).socketTimeout());
    }

    @Test
    void aStatementTimeoutThatOverflowsIsRefusedByName() {
        var options = DatabaseOptions.of("jdbc:mysql://db:3306/shop", "app", "secret");

        var refused = assertThrows(
                IllegalArgumentException.class, () -> options.withStatementTimeout(Duration.ofSeconds(Long.MAX_VALUE)));
        assertEquals("The statementTimeout must be at most 24 days.", refused.getMessage());
    }

    private static Set<String> differences(DatabaseOptions options, DatabaseOptions others) {
        return Arrays.stream(DatabaseOptions.class.getRecordComponents())
                .filter(option -> !value(option, options).equals(value(option, others)))
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Object value(RecordComponent option, DatabaseOptions options) {
        try {
            return option.getAccessor().invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(option.getName(), e);
        }
    }
}
