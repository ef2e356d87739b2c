package dev.rowan.bench.config;

import static dev.rowan.bench.config.Unit.BYTES;
import static dev.rowan.bench.config.Unit.CALLS;
import static dev.rowan.bench.config.Unit.MICROSECONDS;
import static dev.rowan.bench.config.Unit.MILLISECONDS;
import static dev.rowan.bench.config.Unit.ROWS;

import dev.rowan.bench.database.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A figure that the reports show of each contestant. The name of the constant, in camel case, is the name of the JMH
 * benchmark that measures it.
 */
public enum Measure {
    FIND("find", MICROSECONDS, 4_000, "one row by its primary key"),
    FIND_BYTES("find-bytes", BYTES, 4_000, "bytes that find allocates in the client"),
    INSERT("insert", MICROSECONDS, 2_000, "one row, whose key the server generates"),
    UPDATE("update", MICROSECONDS, 2_000, "one column of one row by its primary key"),
    DELETE("delete", MICROSECONDS, 900, "one row by its primary key"),
    TRANSACTION_3("transaction-3", MICROSECONDS, 1_000, "one transaction: read a row, update it, insert another"),
    READ_10000("read-10000", MILLISECONDS, 40, "10,000 rows of eight columns into a list"),
    ONE_TO_MANY("one-to-many", MILLISECONDS, 40, "1,000 customers with their ten orders each"),
    TOGETHER_FIND_256("together-find-256", CALLS, 30_000, "find, by 256 virtual threads on 8 connections"),
    TOGETHER_FIND_256_GATED(
            "together-find-256-gated", CALLS, 30_000, "the same, but a semaphore of 8 throttles all but Rowan"),
    TOGETHER_INSERT_256_DURABLE(
            "together-insert-256-durable",
            CALLS,
            8_000,
            "insert, by 256 virtual threads; each commit waits for the disk"),
    TOGETHER_FIND_1("together-find-1", CALLS, 4_000, "find, by one virtual thread"),
    TOGETHER_FIND_2("together-find-2", CALLS, 8_000, "find, by two virtual threads"),
    INSERT_ALL("insert-all", ROWS, 100_000, "many rows inserted at once"),
    LOAD(
            "load",
            ROWS,
            100_000,
            "many rows inserted by the fastest method of each library; generated keys are not returned"),
    UPDATE_ALL("update-all", ROWS, 100_000, "two columns of many rows updated at once, by primary key"),
    UPSERT_ALL("upsert-all", ROWS, 100_000, "many rows upserted by a unique key; half of them are new"),
    PAGE_1("page-1", MILLISECONDS, 500, "the first page of ten rows, with keyset pagination"),
    PAGE_1000000("page-1000000", MILLISECONDS, 500, "the last of a million such pages"),
    OPEN("open", MILLISECONDS, 5, "open a pool, map the tables and read the first row, in a warm JVM");

    private final String id;
    private final Unit unit;
    private final int calls;
    private final String description;

    Measure(String id, Unit unit, int calls, String description) {
        this.id = id;
        this.unit = unit;
        this.calls = calls;
        this.description = description;
    }

    /** Returns the name that users type in {@code bench.measures}. */
    public String id() {
        return id;
    }

    public Unit unit() {
        return unit;
    }

    /** Returns the number of calls in a full iteration; of a bulk measure, the number of rows. */
    public int calls() {
        return calls;
    }

    public String description() {
        return description;
    }

    /** Returns the measure whose iterations provide the figures of this one. */
    public Measure source() {
        return this == FIND_BYTES ? FIND : this;
    }

    /** Returns whether this is measured for comparison only, and has no line of its own in the reports. */
    public boolean isReferenceOnly() {
        return this == PAGE_1;
    }

    /** Returns whether an iteration is one invocation of the benchmark method, which makes all calls itself. */
    public boolean isOneInvocation() {
        return isConcurrent() || isBulk();
    }

    /** Returns whether the calls come from many virtual threads, or from one or two for comparison. */
    public boolean isConcurrent() {
        return id.startsWith("together-");
    }

    /** Returns whether an iteration writes all its rows by one call. */
    public boolean isBulk() {
        return unit == ROWS;
    }

    /** Returns the number of warm-up iterations. Measures that run first need more: they also warm up shared code. */
    public int warmUpIterations() {
        return switch (this) {
            case FIND, FIND_BYTES -> 4;
            case INSERT, UPDATE, DELETE, TRANSACTION_3, PAGE_1, PAGE_1000000 -> 3;
            default -> 1;
        };
    }

    /** Returns whether commits wait for the disk. */
    public boolean isDurable() {
        return this == TOGETHER_INSERT_256_DURABLE;
    }

    public boolean writes() {
        return switch (this) {
            case INSERT, UPDATE, DELETE, TRANSACTION_3, TOGETHER_INSERT_256_DURABLE -> true;
            case INSERT_ALL, LOAD, UPDATE_ALL, UPSERT_ALL -> true;
            default -> false;
        };
    }

    /** Returns the number of users before an iteration with this number of calls. */
    public int usersBefore(int iterationCalls) {
        return switch (this) {
            case INSERT_ALL, LOAD -> 0;
            case UPDATE_ALL -> iterationCalls;
            case UPSERT_ALL -> iterationCalls / 2;
            default -> Dataset.USERS;
        };
    }

    /** Returns the name of the JMH benchmark method. */
    public String benchmarkMethod() {
        var words = name().toLowerCase(Locale.ROOT).split("_", -1);
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    /**
     * Returns the measure with this id.
     *
     * @throws IllegalArgumentException if there is none; its message lists all ids
     */
    public static Measure withId(String id) {
        return Arrays.stream(values())
                .filter(measure -> measure.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown measure '" + id + "'. Choose from: "
                        + Arrays.stream(values()).map(Measure::id).collect(Collectors.joining(", ")) + "."));
    }

    /** Returns the measures to run for the figures of these: each one's source, without duplicates. */
    public static List<Measure> toRun(List<Measure> measures) {
        return measures.stream()
                .flatMap(measure -> measure == PAGE_1000000 ? Stream.of(PAGE_1, measure) : Stream.of(measure.source()))
                .distinct()
                .toList();
    }
}
