package dev.rowan.failure;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.DataSourceOptions;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.RetryPolicy;
import dev.rowan.failure.PublicCalls.Call;
import dev.rowan.failure.PublicCalls.World;
import dev.rowan.result.OffsetPage;
import dev.rowan.result.Page;
import dev.rowan.result.UpsertResult;
import dev.rowan.session.OverDataSourceTest;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.ChildProcess;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * A program that makes all {@link PublicCalls}: on a database that works, on one that answers with each
 * {@link ServerFault}, and on one that is closed. It prints each text that shows a value: the stack trace of an
 * exception, the string form of a result, a line of the log, or what an observer is told.
 */
final class ValueLeakSearch {

    private static final int THREADS = 8;

    private final LeakScanner scanner = new LeakScanner();
    private final PrintStream texts = new PrintStream(scanner, true, StandardCharsets.UTF_8);
    private final AtomicInteger errors = new AtomicInteger();

    private ValueLeakSearch() {}

    public static void main(String[] arguments) throws InterruptedException {
        var options = ChildProcess.options(arguments).withRetry(RetryPolicy.never());
        var console = System.out;
        var search = new ValueLeakSearch();
        System.setOut(search.texts);
        System.setErr(search.texts);
        try {
            search.run(options);
        } finally {
            System.setErr(console);
        }
        var leaks = search.scanner.leaks();
        leaks.forEach((text, call) -> console.println(text + "\n    in " + call));
        console.println("leaks: " + leaks.size());
        console.println("finds a value in the log: " + findsLoggedValue(options));
        console.println("errors: " + (search.errors.get() > 4_000 ? "many" : search.errors));
        console.println("not called: " + PublicCalls.missing(PublicCalls.list(false)));
    }

    private void run(DatabaseOptions options) throws InterruptedException {
        var observer = new PrintingObserver(texts);
        try (var database = Database.open(options.withObserver(observer))) {
            PublicCalls.SAMPLES.create(database);
            try (var pool = OverDataSourceTest.pool(options, OverDataSourceTest.SETTINGS, 3 * THREADS)) {
                pool.setConnectionTimeout(60_000); // until one of as many threads as connections has reconnected
                PublicCalls.restore(database);
                var written = database.statistics().rowsWritten();
                for (var call : PublicCalls.list(true)) {
                    make(call, "a working database", database, pool);
                    if (database.statistics().rowsWritten() != written) {
                        PublicCalls.restore(database);
                        written = database.statistics().rowsWritten();
                    }
                }
                makeWithFaults(pool);
                var closed = Database.open(options);
                closed.close();
                for (var call : PublicCalls.list(false)) {
                    make(call, "a closed database", closed, pool);
                }
            } finally {
                database.dsl().execute("drop table {0}", PublicCalls.SAMPLES);
            }
        }
    }

    /** Returns whether a search sees what it must not find: Rowan logs values if it is told to. */
    private static boolean findsLoggedValue(DatabaseOptions options) {
        var search = new ValueLeakSearch();
        var console = System.err;
        System.setErr(search.texts);
        try (var database = Database.open(options.withLoggedValues())) {
            var unused = new UsersRepository(database).findByEmail(PublicCalls.TEXT);
        } finally {
            System.setErr(console);
        }
        return !search.scanner.leaks().isEmpty();
    }

    /** Makes the calls of one repository with every fault, and all calls with the faults that take different paths. */
    private void makeWithFaults(DataSource pool) throws InterruptedException {
        var calls = PublicCalls.list(false).stream().filter(Call::reachesServer).toList();
        var ofUsers =
                calls.stream().filter(call -> call.isOn(UsersRepository.class)).toList();
        // after some of the faults, Rowan waits before it tries again
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            ServerFault.all(PublicCalls.TEXT)
                    .forEach(fault -> threads.execute(() -> makeWith(
                            fault,
                            pool,
                            (database, source) -> ofUsers.forEach(
                                    call -> read(call, fault.name(), new World(database, null, source))))));
            ServerFault.different(PublicCalls.TEXT)
                    .forEach(fault -> threads.execute(() -> makeWith(
                            fault,
                            pool,
                            (database, source) -> calls.forEach(call -> make(call, fault.name(), database, source)))));
        }
    }

    private void makeWith(ServerFault fault, DataSource pool, BiConsumer<Database, DataSource> calls) {
        var source = new ServerFault.Source(pool);
        try (var database = Database.over(
                source.dataSource(), DataSourceOptions.standard().withObserver(new PrintingObserver(texts)))) {
            source.failWith(fault);
            calls.accept(database, source.dataSource());
        } catch (RuntimeException e) {
            errors.set(Integer.MIN_VALUE); // otherwise, the calls that were not made show nothing
            e.printStackTrace(texts);
        }
    }

    /** Makes a call outside a session, and in one. */
    private void make(Call call, String where, Database database, DataSource source) {
        if (call.method().getDeclaringClass().equals(Database.class)
                && call.method().getName().equals("close")) {
            return; // the database of the other calls
        }
        if (!call.method().getDeclaringClass().equals(Session.class)) {
            read(call, where, new World(database, null, source));
        }
        try {
            database.transaction(session -> read(call, where + ", in a session", new World(database, session, source)));
        } catch (RuntimeException e) {
            e.printStackTrace(texts);
        }
    }

    private void read(Call call, String where, World world) {
        scanner.enter(call + " on " + where);
        try {
            var result = call.in(world);
            if (!showsRows(result)) {
                texts.println(result);
            }
            if (result instanceof AutoCloseable closeable && result != world.database()) {
                closeable.close();
            }
        } catch (InvocationTargetException e) {
            errors.incrementAndGet();
            Objects.requireNonNull(e.getCause()).printStackTrace(texts);
        } catch (Exception e) {
            errors.incrementAndGet();
            e.printStackTrace(texts);
        }
    }

    /** Returns whether the string form of a result is that of its rows, or of what the caller gave. */
    private static boolean showsRows(@Nullable Object result) {
        return !(result != null && result.getClass().getName().startsWith("dev.rowan."))
                || result instanceof Record
                || result instanceof Page
                || result instanceof OffsetPage
                || result instanceof UpsertResult;
    }
}
