package dev.rowan.bench.worker;

import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.database.User;
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
 * The JMH benchmarks, one method for each {@link Measure}. An iteration invokes the method as often as it has calls, or
 * {@linkplain Measure#isOneInvocation() only one time} if the method makes all calls itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
public class Benchmarks {

    /** The number of calls in an iteration; of a bulk measure, the number of rows. */
    @Param("1")
    public int calls;

    /** The minimum duration of concurrent load, in milliseconds. */
    @Param("0")
    public int minLoadMillis;

    /** The number of pages of customers. */
    @Param("1")
    public int customerPages;

    private final LibraryAdapter adapter = WorkerMain.sharedAdapter();
    private final Semaphore throttle = WorkerMain.throttle();
    private int next;
    private List<User> users = List.of();

    /** What an iteration reports beside its duration. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counters {
        /** The sum of what was read or written. */
        public long checksum;

        /** The number of calls under concurrent load. */
        public long completedCalls;
    }

    /** Creates the rows of bulk writes, outside the measured time. */
    @Setup(Level.Iteration)
    public void createUsers() {
        users = IntStream.rangeClosed(1, calls).mapToObj(User::numbered).toList();
    }

    /** Reads one row with all columns. */
    @Benchmark
    public Object find(Counters counters) {
        var user = adapter.find(nextId());
        counters.checksum += adapter.age(user);
        return user;
    }

    /** Inserts one row, and returns its id. */
    @Benchmark
    public void insert(Counters counters) {
        counters.checksum += adapter.insert(User.numbered(Dataset.USERS + ++next));
    }

    /** Updates one column of one row. */
    @Benchmark
    public void update() {
        adapter.update(nextId(), next % 90);
    }

    /** Deletes one row. */
    @Benchmark
    public void delete() {
        adapter.delete(++next);
    }

    /** Runs a transaction of three statements. */
    @Benchmark
    public void transaction3() {
        adapter.transaction(nextId(), next % 90, User.numbered(Dataset.USERS + next));
    }

    /** Reads all rows of a table into a list. */
    @Benchmark
    public Object read10000(Counters counters) {
        var rows = adapter.read(Dataset.USERS);
        for (var row : rows) {
            counters.checksum += adapter.age(row);
        }
        return rows;
    }

    /** Reads parents with their children. */
    @Benchmark
    public void oneToMany(Counters counters) {
        counters.checksum += adapter.oneToMany(Dataset.CUSTOMERS_WITH_ORDERS);
    }

    /** Reads rows for many callers, which compete for the pool's connections. */
    @Benchmark
    public void togetherFind256(Counters counters) {
        load(counters, 256, number -> adapter.age(adapter.find(id(number))));
    }

    /** Reads rows for many callers, which a semaphore throttles before they reach the pool. */
    @Benchmark
    public void togetherFind256Gated(Counters counters) {
        load(counters, 256, LoadGenerator.throttled(throttle, number -> adapter.age(adapter.find(id(number)))));
    }

    /** Inserts rows for many callers; each commit waits for the disk. */
    @Benchmark
    public void togetherInsert256Durable(Counters counters) {
        int from = Dataset.USERS + 1 + next;
        next += load(counters, 256, number -> adapter.insert(User.numbered(from + number)) > 0 ? 1 : 0);
    }

    /** Reads rows for one caller. */
    @Benchmark
    public void togetherFind1(Counters counters) {
        load(counters, 1, number -> adapter.age(adapter.find(id(number))));
    }

    /** Reads rows for two callers. */
    @Benchmark
    public void togetherFind2(Counters counters) {
        load(counters, 2, number -> adapter.age(adapter.find(id(number))));
    }

    /** Inserts many rows. */
    @Benchmark
    public void insertAll() {
        adapter.insertAll(users);
    }

    /** Inserts many rows without returning their keys. */
    @Benchmark
    public void load() {
        adapter.load(users);
    }

    /** Updates many rows. */
    @Benchmark
    public void updateAll() {
        adapter.updateAll(users.stream().map(User::changed).toList());
    }

    /** Upserts many rows. */
    @Benchmark
    public void upsertAll() {
        adapter.upsertAll(users.stream().map(User::changed).toList());
    }

    /** Reads the first page. */
    @Benchmark
    public void page1(Counters counters) {
        counters.checksum += adapter.page(0);
    }

    /** Reads the last page. */
    @Benchmark
    public void page1000000(Counters counters) {
        counters.checksum += adapter.page((customerPages - 1) * Dataset.PAGE_SIZE);
    }

    /** Opens a pool, maps the tables, reads a row, and closes everything. */
    @Benchmark
    public void open(Counters counters) {
        try (var opened = WorkerMain.openAdapter()) {
            counters.checksum += opened.age(opened.find(nextId()));
        }
    }

    private int load(Counters counters, int threads, IntUnaryOperator call) {
        var load = LoadGenerator.run(threads, calls, Duration.ofMillis(minLoadMillis), call);
        counters.completedCalls += load.calls();
        counters.checksum += load.sum();
        return load.calls();
    }

    private int nextId() {
        return id(next++);
    }

    /** Returns the id of a user; consecutive numbers are scattered over the table. */
    private static int id(int number) {
        return 1 + (int) (number * 7919L % Dataset.USERS);
    }
}
