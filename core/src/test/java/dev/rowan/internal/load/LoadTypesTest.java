package dev.rowan.internal.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Repository;
import dev.rowan.error.InvalidValue;
import dev.rowan.internal.codec.Codec;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.LoadResult;
import dev.rowan.result.LoadResult.Form;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.testing.SampleTable;
import dev.rowan.testing.SampleTable.SamplesRecord;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.JSON;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A file writes the same value of each type as an insert. */
class LoadTypesTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    @Test
    void aFileStoresTheSameValuesAsInserts() {
        var inserted = new SampleTable("inserted");
        var loaded = new SampleTable("loaded");
        inserted.create(SHOP.database());
        loaded.create(SHOP.database());

        inserted.repository(SHOP.database()).insertAll(extremes(inserted));
        var answer = loaded.repository(SHOP.database()).load(extremes(loaded).stream());
        assertEquals(new LoadResult(3, SHOP.loadForm()), answer);
        assertEquals(contents(inserted), contents(loaded));

        var streamed = new SampleTable("streamed");
        streamed.create(SHOP.database());
        SHOP.database().transaction(session -> {
            var result = streamed.repository(session).load(extremes(streamed).stream());
            assertEquals(new LoadResult(3, Form.INSERTS), result);
        });
        assertEquals(contents(inserted), contents(streamed));
    }

    @Test
    void aValueThatAFileWouldChangeIsRefusedByItsRow() {
        var table = new SampleTable("bent");
        table.create(SHOP.database());
        for (var mistake : List.<Consumer<SamplesRecord>>of(
                row -> row.set(table.latin, "🦊"),
                row -> row.set(table.latin, "x".repeat(50) + " "),
                row -> row.set(table.text, "\ud83e"),
                row -> row.set(table.at, LocalDateTime.of(10_000, 1, 1, 0, 0)),
                row -> row.set(table.amount, new BigDecimal("0.00000000001")),
                row -> row.set(table.amount, new BigDecimal("1e20")),
                row -> row.set(table.wide, Double.NaN),
                row -> row.set(table.time, LocalTime.of(1, 2, 3, 1)),
                row -> row.set(table.year, Year.of(1900)),
                row -> row.set(table.code, "x".repeat(21)))) {
            var bad = row(table, 2);
            mistake.accept(bad);
            var rows = Stream.of(row(table, 1), bad, row(table, 3));
            var refused = assertThrows(
                    InvalidValue.class, () -> table.repository(SHOP.database()).load(rows));
            assertTrue(refused.getMessage().startsWith("Row 2: "), refused.getMessage());
        }
        assertEquals(0, table.repository(SHOP.database()).all().count());
    }

    @Test
    void theRowsOfAFileWithWarningsAreInsertedInstead() {
        var table = new SampleTable("warned");
        table.create(SHOP.database());
        SHOP.database()
                .dsl()
                .execute("create trigger warns before insert on warned for each row"
                        + " if new.number = 10500 then signal sqlstate '01000' set message_text = 'look'; end if");
        var rows = IntStream.rangeClosed(1, 12_000).mapToObj(i -> row(table, i));

        assertEquals(
                new LoadResult(12_000, SHOP.loadForm()),
                table.repository(SHOP.database()).load(rows));
        assertEquals(12_000, table.repository(SHOP.database()).all().count());
    }

    @Test
    void aYearIsReadAsItWasWritten() {
        var table = new SampleTable("years");
        table.create(SHOP.database());
        var written = Stream.of(Year.of(2155), Year.of(0), null, Year.of(1901)).toList();
        var rows = IntStream.range(0, 4)
                .mapToObj(i -> {
                    var row = row(table, i);
                    row.set(table.year, written.get(i));
                    return row;
                })
                .toList();
        var repository = table.repository(SHOP.database());
        repository.insertAll(rows);

        assertEquals(written, years(repository.all().orderBy(table.number).list(), table));
        for (var year : written) {
            if (year != null) {
                assertEquals(year, repository.where(table.year.eq(year)).one().get(table.year));
            }
        }
        assertEquals(1, repository.where(table.year.isNull()).count());
        rows.getFirst().set(table.year, Year.of(2024));
        rows.getLast().set(table.year, Year.of(0));
        repository.updateAll(rows);
        assertEquals(
                Arrays.asList(null, Year.of(0), Year.of(0), Year.of(2024)),
                repository
                        .all()
                        .orderBy(table.year)
                        .scan(1)
                        .flatMap(page -> years(page.items(), table).stream())
                        .toList());
    }

    /** The driver reads the results of prepared statements in another format. */
    @Test
    void aYearIsReadFromAPreparedStatementToo() throws SQLException {
        var codec = Codec.of(SQLDataType.YEAR);
        try (var connection = DriverManager.getConnection(
                        SHOP.options().url() + "?useServerPrepStmts=true",
                        SHOP.options().user(),
                        SHOP.options().password());
                var statement = connection.createStatement()) {
            statement.execute("create temporary table prepared_years (year year)");
            try (var insert = connection.prepareStatement("insert into prepared_years values (?)");
                    var select = connection.prepareStatement("select year from prepared_years where year <=> ?")) {
                for (var year : Arrays.asList(Year.of(0), Year.of(1901), Year.of(2155), null)) {
                    codec.bind(insert, 1, year);
                    insert.execute();
                    codec.bind(select, 1, year);
                    try (var found = select.executeQuery()) {
                        assertTrue(found.next());
                        assertEquals(year, codec.read(DSL.val(year), found, 1));
                    }
                }
            }
        }
    }

    private static List<Year> years(List<SamplesRecord> rows, SampleTable table) {
        return rows.stream().map(row -> row.get(table.year)).toList();
    }

    private static List<SamplesRecord> extremes(SampleTable table) {
        var every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        var least = row(table, 1);
        least.set(table.whole, Integer.MIN_VALUE);
        least.set(table.counted, UInteger.valueOf(0));
        least.set(table.flag, false);
        least.set(table.amount, new BigDecimal("-1E-10"));
        least.set(table.wide, Double.MIN_NORMAL);
        least.set(table.narrow, -1e-30f);
        least.set(table.at, LocalDateTime.of(1000, 1, 1, 0, 0));
        least.set(table.day, LocalDate.of(1000, 1, 1));
        least.set(table.year, Year.of(0));
        least.set(table.time, LocalTime.MIN);
        least.set(table.latin, "");
        least.set(table.text, "");
        least.set(table.status, UsersStatus.ACTIVE);
        least.set(table.document, JSON.json("null"));
        least.set(table.bytes, new byte[0]);
        least.set(table.uuid, new UUID(0, 0));
        var most = row(table, -1);
        most.set(table.whole, Integer.MAX_VALUE);
        most.set(table.counted, UInteger.MAX);
        most.set(table.flag, true);
        most.set(table.amount, new BigDecimal("99999999999999999999.9999999999"));
        most.set(table.wide, -Double.MAX_VALUE);
        most.set(table.narrow, 3.4e38f);
        most.set(table.at, LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
        most.set(table.day, LocalDate.of(9999, 12, 31));
        most.set(table.year, Year.of(2155));
        most.set(table.time, LocalTime.of(23, 59, 59, 999_000_000));
        most.set(table.latin, "naïve \\ 'quoted'\t");
        most.set(table.text, "\\N\\0\0\r\n\t🦊 \\\n%_".repeat(10_000));
        most.set(table.status, UsersStatus.CLOSED);
        most.set(table.document, JSON.json("{\"a\\tb\": \"\\\\ 🦊 \\u0000\"}"));
        most.set(table.bytes, every);
        most.set(table.uuid, UUID.fromString("5c4e0a09-0d5c-7427-ff80-c3a9225c0000"));
        return List.of(least, most, row(table, 3));
    }

    /** Returns a row that writes every column: NULL, unless it is set. */
    private static SamplesRecord row(SampleTable table, long number) {
        var row = table.record();
        row.set(table.code, "É");
        row.set(table.number, ULong.valueOf(number));
        row.touched(true);
        row.touched(table.version, false);
        return row;
    }

    /** Returns the bytes of each column of each row. */
    private static List<String> contents(SampleTable table) {
        var columns = table.fieldStream()
                .map(column -> "hex(cast(`%s` as binary))".formatted(column.getName()))
                .collect(Collectors.joining(", "));
        return SHOP
                .database()
                .dsl()
                .fetch("select " + columns + " from " + table.getName() + " order by number")
                .stream()
                .map(row -> Arrays.toString(row.intoArray()))
                .toList();
    }

    @Test
    void bitsAreReadAsTheyWereWritten() {
        var signals = new Signals("bits");
        var repository = signals.make();
        var rows = Stream.of(true, false).map(on -> {
            var row = new Signal(signals);
            row.set(signals.id, on ? 1 : 2);
            row.set(signals.one, on);
            row.set(signals.tiny, on);
            row.set(signals.mask, on ? new byte[] {0x0a, (byte) 0xbc} : new byte[] {0, 0x09});
            return row;
        });

        assertEquals(SHOP.loadForm(), repository.load(rows).form());
        assertEquals(
                List.of("1 1 1 ABC", "2 0 0 9"),
                SHOP.database()
                        .dsl()
                        .fetch("select concat_ws(' ', id, one + 0, tiny, hex(mask + 0)) from bits order by id")
                        .getValues(0));
        assertEquals(true, repository.get(1).get(signals.one));
        assertEquals(false, repository.get(2).get(signals.one));
    }

    @Test
    void allRowsAreInsertedIfAFileCannotRepresentAColumn() {
        var signals = new Signals("moments");
        var repository = signals.make();
        var at = OffsetDateTime.of(2024, 7, 1, 12, 0, 0, 0, ZoneOffset.UTC);
        var rows = IntStream.rangeClosed(1, 14_000).mapToObj(i -> {
            var row = new Signal(signals);
            row.touched(true); // with so many columns, the rows of one file need several inserts
            row.set(signals.id, i);
            row.set(signals.at, at);
            return row;
        });

        assertEquals(new LoadResult(14_000, Form.INSERTS), repository.load(rows));
        assertEquals(14_000, repository.where(signals.one.isNull()).count());
    }

    static final class Repo extends Repository<Signal, Integer> {
        public Repo(Signals table) {
            super(SHOP.database(), table, () -> new Signal(table), table.id);
        }
    }

    /** A table of bits, and of a time with an offset. */
    @SuppressWarnings("this-escape")
    static final class Signals extends TableImpl<Signal> {

        final TableField<Signal, Integer> id =
                createField(DSL.name("id"), SQLDataType.INTEGER.nullable(false), this, "");
        final TableField<Signal, Boolean> one = createField(DSL.name("one"), SQLDataType.BIT, this, "");
        final TableField<Signal, Boolean> tiny = createField(DSL.name("tiny"), SQLDataType.BOOLEAN, this, "");
        final TableField<Signal, byte[]> mask = createField(DSL.name("mask"), SQLDataType.VARBINARY(2), this, "");
        final TableField<Signal, OffsetDateTime> at = createField(DSL.name("at"), SQLDataType.OFFSETDATETIME, this, "");

        Signals(String name) {
            super(DSL.name(name));
        }

        Repo make() {
            SHOP.database()
                    .dsl()
                    .execute("create table " + getName()
                            + " (id int primary key, one bit(1), tiny tinyint(1), mask bit(12), at datetime)");
            return new Repo(this);
        }

        @Override
        public UniqueKey<Signal> getPrimaryKey() {
            return Internal.createUniqueKey(this, DSL.name("KEY_" + getName() + "_PRIMARY"), id);
        }

        @Override
        public Class<Signal> getRecordType() {
            return Signal.class;
        }
    }

    static final class Signal extends KeyedRecord<Signal> {
        Signal(Signals table) {
            super(table);
        }
    }
}
