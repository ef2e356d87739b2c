package dev.rowan.bench;

import static dev.rowan.bench.Unit.BYTES;
import static dev.rowan.bench.Unit.CALLS;
import static dev.rowan.bench.Unit.MICROSECONDS;
import static dev.rowan.bench.Unit.MILLISECONDS;
import static dev.rowan.bench.Unit.ROWS;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is measured. The name of its method in {@link Benchmarks} is that of the constant. */
enum Measure {
    FIND("find", MICROSECONDS, 4_000, "one row by its primary key"),
    FIND_BYTES("find-bytes", BYTES, 4_000, "what that allocates in the client"),
    INSERT("insert", MICROSECONDS, 2_000, "one row, with the key that the server makes"),
    UPDATE("update", MICROSECONDS, 2_000, "one column of one row by its key"),
    DELETE("delete", MICROSECONDS, 900, "one row by its key"),
    TRANSACTION_3(
            "transaction-3", MICROSECONDS, 1_000, "a row is read, updated, and another inserted, in one transaction"),
    READ_10000("read-10000", MILLISECONDS, 40, "10,000 rows of eight columns into a list"),
    ONE_TO_MANY("one-to-many", MILLISECONDS, 40, "1,000 customers with their ten orders each"),
    TOGETHER_FIND_256("together-find-256", CALLS, 30_000, "find, by 256 virtual threads on 8 connections"),
    TOGETHER_FIND_256_GATED(
            "together-find-256-gated", CALLS, 30_000, "the same, with all but Rowan behind a semaphore of 8"),
    TOGETHER_INSERT_256_DURABLE(
            "together-insert-256-durable", CALLS, 8_000, "insert, by 256 virtual threads, each commit on disk"),
    TOGETHER_FIND_1("together-find-1", CALLS, 4_000, "find, by one virtual thread"),
    TOGETHER_FIND_2("together-find-2", CALLS, 8_000, "find, by two virtual threads"),
    INSERT_ALL("insert-all", ROWS, 100_000, "many rows inserted at once"),
    LOAD("load", ROWS, 100_000, "many rows inserted in the fastest way there is; keys are not asked for"),
    UPDATE_ALL("update-all", ROWS, 100_000, "two columns of many rows updated at once, by key"),
    UPSERT_ALL("upsert-all", ROWS, 100_000, "many rows by a unique key, half of them new"),
    PAGE_1("page-1", MILLISECONDS, 500, "the first page of ten rows, by keyset"),
    PAGE_1000000("page-1000000", MILLISECONDS, 500, "the last of a million such pages"),
    OPEN("open", MILLISECONDS, 5, "from nothing to the first row, in a warm JVM");

    private final String title;
    private final Unit unit;
    private final int calls;
    private final String words;

    Measure(String title, Unit unit, int calls, String words) {
        this.title = title;
        this.unit = unit;
        this.calls = calls;
        this.words = words;
    }

    String title() {
        return title;
    }

    Unit unit() {
        return unit;
    }

    /** Returns how many calls a full turn makes; of what is done at once, how many rows it has. */
    int calls() {
        return calls;
    }

    String words() {
        return words;
    }

    /** Returns the measure whose turns give its figures. */
    Measure source() {
        return this == FIND_BYTES ? FIND : this;
    }

    /** Says whether it is only measured to be compared with. */
    boolean isHelper() {
        return this == PAGE_1;
    }

    /** Says whether all calls of a turn are one call of the contestant, or of many threads at once. */
    boolean isOneVolley() {
        return isTogether() || unit == ROWS;
    }

    /** Says whether the calls are made by many threads, or as if there were many. */
    boolean isTogether() {
        return title.startsWith("together-");
    }

    /** Returns how many turns make the JVM warm; what is found first leaves less to the others. */
    int warmups() {
        return switch (this) {
            case FIND, FIND_BYTES -> 4;
            case INSERT, UPDATE, DELETE, TRANSACTION_3, PAGE_1, PAGE_1000000 -> 3;
            default -> 1;
        };
    }

    boolean isDurable() {
        return this == TOGETHER_INSERT_256_DURABLE;
    }

    /** Says whether rows are written. */
    boolean writes() {
        return switch (this) {
            case INSERT, UPDATE, DELETE, TRANSACTION_3, TOGETHER_INSERT_256_DURABLE -> true;
            case INSERT_ALL, LOAD, UPDATE_ALL, UPSERT_ALL -> true;
            default -> false;
        };
    }

    /** Returns how many rows there are before a turn in which so many are written at once. */
    int rowsBefore(int calls) {
        return switch (this) {
            case INSERT_ALL, LOAD -> 0;
            case UPDATE_ALL -> calls;
            case UPSERT_ALL -> calls / 2;
            default -> Tables.USERS;
        };
    }

    /** Returns the name of its method in {@link Benchmarks}. */
    String method() {
        var words = name().toLowerCase(Locale.ROOT).split("_", -1);
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    /** @throws IllegalArgumentException that lists the names there are */
    static Measure titled(String title) {
        return Arrays.stream(values())
                .filter(measure -> measure.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no measure '" + title + "'. There are: "
                        + Arrays.stream(values()).map(Measure::title).collect(Collectors.joining(", ")) + "."));
    }

    /** Returns the measures to take turns in, to have the figures of these. */
    static List<Measure> measured(List<Measure> measures) {
        return measures.stream()
                .flatMap(measure -> measure == PAGE_1000000 ? Stream.of(PAGE_1, measure) : Stream.of(measure.source()))
                .distinct()
                .toList();
    }
}
