package dev.rowan.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What JMH runs and times, a method for each {@link Measure}: called as often as a turn has calls, or once where a turn is
 * one volley or one set of rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
public class Benchmarks {

    /** How many calls a turn makes, or rows it writes. */
    @Param("1")
    public int calls;

    /** How long many threads go on, at least, in milliseconds. */
    @Param("0")
    public int millis;

    /** How many pages of customers there are. */
    @Param("1")
    public int pages;

    private final Contestant contestant = ContestantMain.contestant();
    private final Semaphore gate = ContestantMain.gate();
    private int next;
    private List<User> users = List.of();

    /** What the contestant read, as one number. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Answer {
        /** The sum of what was read or written. */
        public long sum;

        /** How many calls many threads made. */
        public long made;
    }

    /** Makes the rows that are written at once, outside the time that counts. */
    @Setup(Level.Iteration)
    public void makeUsers() {
        users = IntStream.rangeClosed(1, calls).mapToObj(User::numbered).toList();
    }

    /** One row, with all columns. */
    @Benchmark
    public Object find(Answer answer) {
        var user = contestant.find(any());
        answer.sum += contestant.age(user);
        return user;
    }

    /** One row; the id comes back. */
    @Benchmark
    public void insert(Answer answer) {
        answer.sum += contestant.insert(User.numbered(Tables.USERS + ++next));
    }

    /** One column of one row. */
    @Benchmark
    public void update() {
        contestant.update(any(), next % 90);
    }

    /** One row. */
    @Benchmark
    public void delete() {
        contestant.delete(++next);
    }

    /** Three statements and a commit. */
    @Benchmark
    public void transaction3() {
        contestant.transaction(any(), next % 90, User.numbered(Tables.USERS + next));
    }

    /** All rows of a table, in memory at once. */
    @Benchmark
    public Object read10000(Answer answer) {
        var rows = contestant.read(Tables.USERS);
        for (var row : rows) {
            answer.sum += contestant.age(row);
        }
        return rows;
    }

    /** Parents with their children. */
    @Benchmark
    public void oneToMany(Answer answer) {
        answer.sum += contestant.oneToMany(Tables.CUSTOMERS_WITH_ORDERS);
    }

    /** Many callers, who share the pool as they like. */
    @Benchmark
    public void togetherFind256(Answer answer) {
        volley(answer, 256, i -> contestant.age(contestant.find(any(i))));
    }

    /** Many callers, who wait in front of the pool. */
    @Benchmark
    public void togetherFind256Gated(Answer answer) {
        volley(answer, 256, Volley.behind(gate, i -> contestant.age(contestant.find(any(i)))));
    }

    /** Many callers, each of whom wants to know that the row is on disk. */
    @Benchmark
    public void togetherInsert256Durable(Answer answer) {
        int from = Tables.USERS + 1 + next;
        next += volley(answer, 256, i -> contestant.insert(User.numbered(from + i)) > 0 ? 1 : 0);
    }

    /** One caller. */
    @Benchmark
    public void togetherFind1(Answer answer) {
        volley(answer, 1, i -> contestant.age(contestant.find(any(i))));
    }

    /** Two callers. */
    @Benchmark
    public void togetherFind2(Answer answer) {
        volley(answer, 2, i -> contestant.age(contestant.find(any(i))));
    }

    /** Many rows. */
    @Benchmark
    public void insertAll() {
        contestant.insertAll(users);
    }

    /** Many rows, without their keys. */
    @Benchmark
    public void load() {
        contestant.load(users);
    }

    /** Many rows that are there. */
    @Benchmark
    public void updateAll() {
        contestant.updateAll(users.stream().map(User::changed).toList());
    }

    /** Many rows that are there or not. */
    @Benchmark
    public void upsertAll() {
        contestant.upsertAll(users.stream().map(User::changed).toList());
    }

    /** The first page. */
    @Benchmark
    public void page1(Answer answer) {
        answer.sum += contestant.page(0);
    }

    /** The last page. */
    @Benchmark
    public void page1000000(Answer answer) {
        answer.sum += contestant.page((pages - 1) * Tables.PAGE);
    }

    /** A pool, a mapping and a row; closed again, which counts too. */
    @Benchmark
    public void open(Answer answer) {
        try (var another = ContestantMain.another()) {
            answer.sum += another.age(another.find(any()));
        }
    }

    private int volley(Answer answer, int threads, IntUnaryOperator call) {
        var volley = Volley.of(threads, calls, Duration.ofMillis(millis), call);
        answer.made += volley.calls();
        answer.sum += volley.sum();
        return volley.calls();
    }

    private int any() {
        return any(next++);
    }

    /** Returns an id of a user, all over the table. */
    private static int any(int number) {
        return 1 + (int) (number * 7919L % Tables.USERS);
    }
}
