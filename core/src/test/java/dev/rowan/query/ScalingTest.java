package dev.rowan.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.rowan.Database;
import dev.rowan.Repository;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.LoadResult;
import dev.rowan.result.LoadResult.Form;
import dev.rowan.shop.Keys;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cost of more rows and columns, in rows read by the server and in bytes, which do not depend on the machine. */
class ScalingTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = SHOP.database();

    @ParameterizedTest
    @EnumSource(Form.class)
    void aLoadKeepsNothingOfTheRowsThatItHasWritten(Form form) {
        var made = new ArrayList<WeakReference<UsersRecord>>();
        var kept = new ArrayList<Long>();
        var rows = IntStream.rangeClosed(1, 100_000).mapToObj(i -> {
            if (i == 30_000 || i == 100_000) {
                kept.add(reachable(made));
            }
            var row = new UsersRecord().setName("user " + i).setAge(i % 100);
            made.add(new WeakReference<>(row));
            return row;
        });
        var users = SHOP.users();
        var loaded = form == Form.LOAD_DATA
                ? users.load(rows)
                : database.transactionResult(session -> users.in(session).load(rows));

        assertEquals(new LoadResult(100_000, form == Form.LOAD_DATA ? SHOP.loadForm() : form), loaded);
        kept.forEach(count -> assertTrue(count <= 20_001, count + " rows are kept, of chunks of 10,000"));
    }

    @Test
    void aStreamAndAScanKeepNothingOfTheRowsThatWereRead() {
        more(30_000);
        var users = SHOP.users();
        for (var walk : List.<Function<Consumer<UsersRecord>, Long>>of(
                row -> users.all().stream(rows -> rows.peek(row).count()),
                row -> users.all()
                        .scan(1_000)
                        .flatMap(page -> page.items().stream())
                        .peek(row)
                        .count())) {
            var read = new ArrayList<WeakReference<UsersRecord>>();
            var kept = new ArrayList<Long>();
            assertEquals(30_000, walk.apply(row -> {
                read.add(new WeakReference<>(row));
                if (read.size() == 5_000 || read.size() == 29_500) {
                    kept.add(reachable(read));
                }
            }));
            kept.forEach(count -> assertTrue(count <= 2_000, count + " rows are kept, of pages of 1,000"));
        }
    }

    @Test
    void anInsertOfManyRowsTakesAsManyBytesForEachAsOneOfFewer() {
        var few = LongStream.range(0, 4)
                .map(i -> allocatedByInsertAll(3_000) / 3_000)
                .min()
                .orElseThrow();
        var many = LongStream.range(0, 2)
                .map(i -> allocatedByInsertAll(30_000) / 30_000)
                .min()
                .orElseThrow();
        assertTrue(many < few * 1.2, many + " bytes for each of 30,000 rows, " + few + " for each of 3,000");
    }

    private long allocatedByInsertAll(int count) {
        var rows = IntStream.range(0, count)
                .mapToObj(i -> new UsersRecord().setName("user " + i).setAge(31))
                .toList();
        return allocated(() -> SHOP.users().insertAll(rows));
    }

    @Test
    void aCallTouchesAsManyRowsInALargeTableAsInASmallOne() {
        try (var one = Database.open(SHOP.options().withPoolSize(1))) {
            more(10);
            calls(one);
            var small = calls(one);
            more(20_000);
            assertEquals(small, calls(one));
        }
    }

    /** Returns the storage engine's counters of calls by key. */
    private static Map<String, Map<String, Long>> calls(Database one) {
        var users = new UsersRepository(one);
        var ann = users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));
        var calls = new LinkedHashMap<String, Runnable>();
        calls.put("find", () -> users.find(ann.getId()));
        calls.put("find what is not there", () -> users.find(-1));
        calls.put("exists", () -> users.exists(ann.getId()));
        calls.put("find by a unique key", () -> users.findByEmail("ann@example.org"));
        calls.put("update", () -> users.update(ann.getId(), u -> u.setAge(32)));
        calls.put(
                "upsert",
                () -> users.upsert(new UsersRecord().setEmail("ann@example.org").setAge(33))
                        .on(Keys.KEY_USERS_UK_USERS_EMAIL));
        calls.put("delete", () -> users.delete(ann.getId()));
        calls.put(
                "insert", () -> users.delete(users.insert(u -> u.setName("Bob")).getId()));
        var done = new LinkedHashMap<String, Map<String, Long>>();
        calls.forEach((name, call) -> {
            var before = handled(one);
            call.run();
            var after = handled(one);
            after.replaceAll((counter, count) -> count - before.getOrDefault(counter, 0L));
            done.put(name, after);
        });
        return done;
    }

    private static Map<String, Long> handled(Database database) {
        var counters = new LinkedHashMap<String, Long>();
        database.dsl()
                .fetch("show session status like 'Handler%'")
                .forEach(row -> counters.put(String.valueOf(row.get(0)), Long.valueOf(String.valueOf(row.get(1)))));
        return counters;
    }

    @Test
    void allocatedBytesGrowLinearlyWithTheColumns() {
        var narrow = new Wide("narrow", 10);
        var wide = new Wide("wide", 300);
        var few = new LinkedHashMap<String, Long>();
        var many = new LinkedHashMap<String, Long>();
        for (int i = 0; i < 3; i++) {
            narrow.perCell(database).forEach((call, bytes) -> few.merge(call, bytes, Math::min));
            wide.perCell(database).forEach((call, bytes) -> many.merge(call, bytes, Math::min));
        }
        many.forEach((call, bytes) -> assertTrue(
                2 * bytes <= 3 * few.getOrDefault(call, 0L),
                call + ": " + bytes + " bytes a cell of 300, " + few.get(call) + " of 10"));
    }

    /** A table with a number of columns, and its key. */
    @SuppressWarnings("this-escape")
    private static final class Wide extends TableImpl<Wide.Cells> {

        private static final int ROWS = 60;

        private final TableField<Cells, Integer> id =
                createField(DSL.name("id"), SQLDataType.INTEGER.nullable(false), this, "");
        private final List<TableField<Cells, Integer>> numbers;

        Wide(String name, int columns) {
            super(DSL.name(name));
            numbers = IntStream.rangeClosed(1, columns)
                    .mapToObj(i -> createField(DSL.name("c" + i), SQLDataType.INTEGER, this, ""))
                    .toList();
        }

        /** Returns the bytes that a call allocates per cell. */
        Map<String, Long> perCell(Database database) {
            var cells = database.dsl();
            cells.execute("drop table if exists " + getName());
            cells.createTable(this).columns(fields()).primaryKey(id).execute();
            var repository = new Repo(database, this);
            var bytes = new LinkedHashMap<String, Long>();
            var made = records(0);
            bytes.put("insertAll", allocated(() -> repository.insertAll(made)));
            var loaded = records(ROWS);
            bytes.put("load", allocated(() -> repository.load(loaded.stream())));
            bytes.put("list", allocated(() -> repository.all().limit(ROWS).list()));
            bytes.put("stream", allocated(() -> repository.all().limit(ROWS).stream(Stream::count)));
            bytes.put("find", allocated(() -> repository.find(1)) * ROWS);
            made.forEach(row -> numbers.forEach(number -> row.set(number, row.get(number) + 1)));
            bytes.put("updateAll", allocated(() -> repository.updateAll(made)));
            bytes.replaceAll((call, all) -> all / ROWS / numbers.size());
            return bytes;
        }

        private List<Cells> records(int from) {
            return IntStream.range(from, from + ROWS)
                    .mapToObj(i -> {
                        var row = new Cells(this);
                        row.set(id, i);
                        for (var number : numbers) {
                            row.set(number, 1_000_000 + i);
                        }
                        return row;
                    })
                    .toList();
        }

        @Override
        public UniqueKey<Cells> getPrimaryKey() {
            return Internal.createUniqueKey(this, DSL.name("KEY_" + getName() + "_PRIMARY"), id);
        }

        @Override
        public Class<Cells> getRecordType() {
            return Cells.class;
        }

        private static final class Repo extends Repository<Cells, Integer> {
            Repo(Database database, Wide table) {
                super(database, table, () -> new Cells(table), table.id);
            }
        }

        private static final class Cells extends KeyedRecord<Cells> {
            Cells(Wide table) {
                super(table);
            }
        }
    }

    /** Inserts more users. */
    private void more(int count) {
        SHOP.users()
                .load(IntStream.range(0, count)
                        .mapToObj(i -> new UsersRecord().setName("user").setAge(31)));
    }

    private static long allocated(Runnable work) {
        var before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static long reachable(List<WeakReference<UsersRecord>> rows) {
        System.gc();
        return rows.stream().filter(row -> row.get() != null).count();
    }
}
