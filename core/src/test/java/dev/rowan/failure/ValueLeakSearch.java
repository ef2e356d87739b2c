package dev.rowan.failure;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.RetryPolicy;
import dev.rowan.failure.PublicCalls.Call;
import dev.rowan.failure.PublicCalls.World;
import dev.rowan.result.Page;
import dev.rowan.result.UpsertResult;
import dev.rowan.session.OverDataSourceTest;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.ChildProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * A program that makes all {@link PublicCalls}: on a database that works, on one that answers with each
 * {@link ServerFault}, and on one that is closed. It prints each text that shows a value: the stack trace of an
 * exception, the string form of a result, or a line of the log.
 */
final class ValueLeakSearch {

    /** The values of the calls, and the forms in which a text may show them. */
    private static final List<String> SEARCHED = List.of(
            "leaked",
            String.valueOf(PublicCalls.NUMBER),
            HexFormat.of().formatHex("leaked".getBytes(StandardCharsets.UTF_8)),
            HexFormat.of().withUpperCase().formatHex("leaked".getBytes(StandardCharsets.UTF_8)));

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream texts = new PrintStream(written, true, StandardCharsets.UTF_8);
    private final Map<String, String> leaks = new LinkedHashMap<>();
    private int errors;

    private ValueLeakSearch() {}

    public static void main(String[] arguments) {
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
        search.leaks.forEach((text, call) -> console.println(text + "\n    in " + call));
        console.println("leaks: " + search.leaks.size());
        console.println("finds a value in the log: " + search.findsLoggedValue(options));
        console.println("errors: " + (search.errors > 4_000 ? "many" : search.errors));
        console.println("not called: " + PublicCalls.missing(PublicCalls.list(false)));
    }

    private void run(DatabaseOptions options) {
        try (var database = Database.open(options)) {
            PublicCalls.SAMPLES.create(database);
            try (var pool = OverDataSourceTest.pool(options, OverDataSourceTest.SETTINGS, 4)) {
                PublicCalls.restore(database);
                for (var call : PublicCalls.list(true)) {
                    make(call, "a working database", database, pool);
                    PublicCalls.restore(database);
                }
                makeWithFaults(new ServerFault.Source(pool));
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

    /** Returns whether the search sees what it must not find: Rowan logs values if it is told to. */
    private boolean findsLoggedValue(DatabaseOptions options) {
        leaks.clear();
        System.setErr(texts);
        try (var database = Database.open(options.withLoggedValues())) {
            var unused = new UsersRepository(database).findByEmail(PublicCalls.TEXT);
        }
        search("a query whose values are logged");
        return !leaks.isEmpty();
    }

    /** Makes the calls of one repository with every fault, and all calls with the faults that take different paths. */
    private void makeWithFaults(ServerFault.Source source) {
        var calls = PublicCalls.list(false).stream().filter(Call::reachesServer).toList();
        var ofUsers =
                calls.stream().filter(call -> call.isOn(UsersRepository.class)).toList();
        try (var database = Database.over(source.dataSource())) {
            var world = new World(database, null, source.dataSource());
            ServerFault.all(PublicCalls.TEXT).forEach(fault -> {
                source.failWith(fault);
                ofUsers.forEach(call -> read(call, fault.name(), world));
                source.failWith(null);
            });
            ServerFault.different(PublicCalls.TEXT).forEach(fault -> {
                source.failWith(fault);
                calls.forEach(call -> make(call, fault.name(), database, source.dataSource()));
                source.failWith(null);
            });
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
        search(call + " on " + where);
    }

    private void read(Call call, String where, World world) {
        try {
            var result = call.in(world);
            if (!showsRows(result)) {
                texts.println(result);
            }
            if (result instanceof AutoCloseable closeable && result != world.database()) {
                closeable.close();
            }
        } catch (InvocationTargetException e) {
            errors++;
            Objects.requireNonNull(e.getCause()).printStackTrace(texts);
        } catch (Exception e) {
            errors++;
            e.printStackTrace(texts);
        }
        search(call + " on " + where);
    }

    /** Returns whether the string form of a result is that of its rows, or of what the caller gave. */
    private static boolean showsRows(@Nullable Object result) {
        return !(result != null && result.getClass().getName().startsWith("dev.rowan."))
                || result instanceof Record
                || result instanceof Page
                || result instanceof UpsertResult;
    }

    private void search(String call) {
        for (var line : written.toString(StandardCharsets.UTF_8).lines().toList()) {
            if (SEARCHED.stream().anyMatch(line::contains)) {
                leaks.putIfAbsent(line.replaceAll("\\d{2,}", "#"), call);
            }
        }
        written.reset();
    }
}
