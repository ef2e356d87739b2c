package dev.rowan.type;

import static dev.rowan.types.Keys.KEY_SPECIMENS_PRIMARY;
import static dev.rowan.types.Tables.SPECIMENS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rowan.Database;
import dev.rowan.error.InvalidValue;
import dev.rowan.result.LoadResult;
import dev.rowan.result.PageRequest;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.enums.SpecimensKind;
import dev.rowan.types.enums.SpecimensMarks;
import dev.rowan.types.repositories.SpecimensRepository;
import dev.rowan.types.tables.records.SpecimensRecord;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Year;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.types.ULong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default types of columns that differ from jOOQ's: TIME, FLOAT, BIT, SET and the spatial ones. */
class SpecialTypesTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/changelog.sql");

    private static final Duration LONGEST =
            Duration.ofHours(838).plusMinutes(59).plusSeconds(59);

    private static final List<TableField<SpecimensRecord, ?>> FIELDS = List.of(
            SPECIMENS.NARROW,
            SPECIMENS.DIGITS,
            SPECIMENS.TIME_WHOLE,
            SPECIMENS.TIME_MICROS,
            SPECIMENS.BIT_FEW,
            SPECIMENS.BIT_MOST,
            SPECIMENS.KIND,
            SPECIMENS.MARKS,
            SPECIMENS.SHAPE,
            SPECIMENS.PLACE,
            SPECIMENS.SHAPES);

    static final List<TableField<SpecimensRecord, ?>> PAGED = FIELDS.subList(0, 7);

    private final Database database = SCHEMA.database();
    private final SpecimensRepository specimens = new SpecimensRepository(database);

    @Test
    void everyWriteStoresTheSpecialTypes() {
        specimens.insert(full(1));
        specimens.insertAll(List.of(full(2), full(3)));
        assertEquals(new LoadResult(2, SCHEMA.loadForm()), specimens.load(Stream.of(full(4), full(5))));
        specimens.upsert(full(6)).on(KEY_SPECIMENS_PRIMARY);
        specimens.insertAll(List.of(empty(7), empty(8), empty(9), empty(10)));
        specimens.upsertAll(List.of(full(7))).on(KEY_SPECIMENS_PRIMARY);
        var read = List.of(specimens.get(ULong.valueOf(8)), specimens.get(ULong.valueOf(9)));
        read.forEach(record -> record.from(full(record.getId().longValue())));
        specimens.updateAll(read);
        specimens.update(ULong.valueOf(10), patch -> patch.from(full(10), FIELDS.toArray(Field[]::new)));
        database.dsl().insertInto(SPECIMENS).set(full(11)).execute();

        assertEquals(11, specimens.all().count());
        for (var row : specimens.all().list()) {
            assertRow(row);
        }
        for (var row : database.dsl().fetch(SPECIMENS)) {
            assertRow(row);
        }
    }

    @Test
    void nullIsWrittenAndReadToo() {
        specimens.insert(empty(1));
        specimens.load(Stream.of(empty(2)));

        for (var read : specimens.all().list()) {
            for (var field : FIELDS) {
                assertNull(read.get(field), field.getName());
            }
        }
    }

    @Test
    void aZeroDateNamesItsRowAndTheSettingThatReadsIt() {
        specimens.insertAll(List.of(full(1), full(2)));
        database.transaction(session -> {
            var dsl = session.dsl();
            var mode = dsl.fetchValue("select @@sql_mode");
            dsl.execute("set session sql_mode = ''");
            dsl.execute("update specimens set day = '0000-00-00' where id = 2");
            dsl.execute("set session sql_mode = '" + mode + "'");
        });

        var message = "specimens.day: java.time.LocalDate cannot be read from the value in the row (SQLException)."
                + " The row holds a zero date, as 0000-00-00. Fix the row, or add zeroDateTimeBehavior=CONVERT_TO_NULL to"
                + " the URL, to read zero dates as null.";
        assertEquals(
                message + " It is the row of specimens with id 2.",
                assertThrows(IllegalStateException.class, () -> specimens.all().list())
                        .getMessage());
        assertEquals(
                message,
                assertThrows(
                                IllegalStateException.class,
                                () -> specimens.all().select(SPECIMENS.DAY).list())
                        .getMessage());
        try (var lenient = Database.open(SCHEMA.optionsWith("zeroDateTimeBehavior=CONVERT_TO_NULL"))) {
            assertNull(new SpecimensRepository(lenient).get(ULong.valueOf(2)).getDay());
        }
    }

    @Test
    void aMultisetRefusesTheColumnsThatJooqWouldReadAsNull() {
        specimens.insert(full(1));
        var dsl = database.dsl();
        for (var field : List.of(SPECIMENS.TIME_WHOLE, SPECIMENS.TIME_MICROS, SPECIMENS.BIT_FEW, SPECIMENS.BIT_MOST)) {
            var rows = DSL.multiset(DSL.select(SPECIMENS.ID, field).from(SPECIMENS));
            for (var nested : List.of(
                    rows,
                    rows.convertFrom(result -> result.getValues(1)),
                    DSL.row(DSL.inline(1), rows),
                    DSL.multiset(DSL.select(DSL.inline(1), rows)))) {
                var error = assertThrows(
                        IllegalArgumentException.class, () -> dsl.select(nested).fetch());
                assertTrue(
                        String.valueOf(error.getMessage())
                                .startsWith("A multiset cannot hold specimens." + field.getName() + ": "),
                        error.getMessage());
            }
            dsl.select(DSL.row(SPECIMENS.ID, field)).from(SPECIMENS).fetch();
        }
        var word = DSL.multiset(DSL.select(SPECIMENS.WORD).from(SPECIMENS));
        assertEquals(full(1).getWord(), dsl.fetchValue(word).getFirst().value1());
    }

    @Test
    void conditionsMatchTheSpecialTypes() {
        specimens.insertAll(List.of(full(1), empty(2)));
        var row = full(1);

        for (var field : FIELDS) {
            if (!field.equals(SPECIMENS.NARROW)) {
                assertEquals(1, specimens.where(equal(field, row)).count(), field.getName());
            }
        }
        for (var field : FIELDS) {
            if (!field.equals(SPECIMENS.NARROW)) {
                assertEquals(1, database.dsl().fetchCount(SPECIMENS, equal(field, row)), field.getName());
            }
        }
        assertEquals(1, specimens.where(SPECIMENS.TIME_MICROS.lt(Duration.ZERO)).count());
        assertEquals(
                1,
                specimens
                        .where(SPECIMENS.BIT_MOST.gt(ULong.valueOf(Long.MAX_VALUE)))
                        .count());
        assertEquals(
                1,
                specimens
                        .where(SPECIMENS.BIT_FEW.between(ULong.valueOf(9), ULong.valueOf(0xfff)))
                        .count());
    }

    private static <T> Condition equal(Field<T> field, SpecimensRecord row) {
        return field.eq(row.get(field));
    }

    @ParameterizedTest
    @FieldSource("PAGED")
    void pagesCanBeOrderedByTheSpecialTypes(TableField<SpecimensRecord, ?> field) {
        specimens.insertAll(List.of(empty(1), full(2), other(3), full(4), empty(5)));
        for (var order : List.of(field.asc(), field.desc())) {
            assertEquals(
                    specimens.all().orderBy(order, SPECIMENS.ID.asc()).list(),
                    specimens
                            .all()
                            .orderBy(order)
                            .scan(1)
                            .flatMap(page -> page.items().stream())
                            .toList());
        }
    }

    @Test
    void pagesCannotBeOrderedByASet() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> specimens.all().orderBy(SPECIMENS.MARKS).page(PageRequest.first(1)));

        assertEquals(
                "Rows cannot be paged by marks, of type set, whose values a page token cannot hold."
                        + " Order by another column.",
                error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_500, -1_501, -2_500, -499, 499, 1_500, 1_501, 2_500, 999_999_500, -999_999_500})
    void aDurationIsRoundedTheSameAsBindValueAndLiteral(long nanos) {
        var time = Duration.ofNanos(nanos);
        database.dsl().insertInto(SPECIMENS).set(full(1).setTimeMicros(time)).execute();

        var inline = DSL.inline(time, SPECIMENS.TIME_MICROS);
        assertEquals(1, specimens.where(SPECIMENS.TIME_MICROS.eq(inline)).count());
    }

    @Test
    void theValuesOfASetCannotBeModified() {
        var read = specimens.insertAndGet(full(1));

        assertThrows(UnsupportedOperationException.class, () -> read.getMarks().clear());
    }

    @Test
    void valuesAreInlinedIfTheyAreNotBound() {
        specimens.insert(full(1));

        assertEquals(
                1,
                database.dsl()
                        .fetchCount(
                                SPECIMENS,
                                SPECIMENS
                                        .TIME_MICROS
                                        .eq(DSL.inline(full(1).getTimeMicros(), SPECIMENS.TIME_MICROS))
                                        .and(SPECIMENS.BIT_MOST.eq(DSL.inline(ULong.MAX, SPECIMENS.BIT_MOST)))));
    }

    private static void assertRow(SpecimensRecord read) {
        var written = full(read.getId().longValue());
        for (var field : FIELDS) {
            assertTrue(
                    Objects.deepEquals(written.get(field), read.get(field)),
                    () -> read.getId() + " " + field.getName() + " " + read.get(field));
        }
    }

    private static SpecimensRecord empty(long id) {
        var record = new SpecimensRecord();
        record.touched(true);
        return record.setId(ULong.valueOf(id));
    }

    static final List<Arguments> REFUSED = List.of(
            arguments(
                    "bit_few is out of the range of its column. Check it, or widen the column.",
                    change(row -> row.setBitFew(ULong.valueOf(4_096)))),
            arguments(
                    "made_in is out of the range of YEAR, 0 and 1901 to 2155. Check it.",
                    change(row -> row.setMadeIn(Year.of(1900)))),
            arguments(
                    "stamp_whole is not a valid TIMESTAMP, 1970-01-01 00:00:01 to 2038-01-19 03:14:07 UTC"
                            + " (2106-02-07 06:28:15 on MariaDB 11.8). Check it, or make the column a DATETIME.",
                    change(row -> row.setStampWhole(LocalDateTime.parse("2107-01-01T00:00:00")))),
            arguments(
                    "plain_text is too long for its column. Shorten it, or widen the column.",
                    change(row -> row.setPlainText("ä".repeat(32_768)))),
            arguments(
                    "tiny_text is too long for its column. Shorten it, or widen the column.",
                    change(row -> row.setTinyText("🦊".repeat(64)))));

    private static Consumer<SpecimensRecord> change(Consumer<SpecimensRecord> change) {
        return change;
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void theErrorOfARefusedValueNamesTheRangeOfTheColumn(String what, Consumer<SpecimensRecord> change) {
        specimens.insert(full(1));
        var error = assertThrows(
                InvalidValue.class,
                () -> specimens.where(SPECIMENS.ID.gt(ULong.valueOf(0))).update(change));
        assertTrue(error.getMessage().endsWith(what), error.getMessage());
        assertThrows(InvalidValue.class, () -> specimens.update(ULong.valueOf(1), change));
    }

    private static SpecimensRecord other(long id) {
        return full(id).setTimeWhole(Duration.ofHours(30))
                .setTimeMicros(Duration.ofNanos(-2_000))
                .setBitFew(ULong.valueOf(2))
                .setBitMost(ULong.valueOf(1L << 40))
                .setDigits(BigInteger.TEN)
                .setNarrow(-1.5f)
                .setKind(SpecimensKind.a_2cb);
    }

    private static SpecimensRecord full(long id) {
        var record = new SpecimensRecord();
        record.setId(ULong.valueOf(id));
        return record.setNarrow(0.1f)
                .setTimeWhole(LONGEST.negated())
                .setTimeMicros(Duration.ofNanos(-1_500_001_000))
                .setBitFew(ULong.valueOf(0xabc))
                .setBitMost(ULong.MAX)
                .setKind(SpecimensKind.it_27s)
                .setMarks(Set.of(SpecimensMarks.it_27s, SpecimensMarks.plain))
                .setShape(point(1, -1))
                .setPlace(point(0, 1e300))
                .setShapes(new byte[] {0, 0, 0, 0, 1, 7, 0, 0, 0, 0, 0, 0, 0})
                .setDigits(BigInteger.TEN.pow(64).negate());
    }

    /** Returns a point in the format of the server: four bytes of its reference system, then its well-known binary. */
    private static byte[] point(double x, double y) {
        return ByteBuffer.allocate(25)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0)
                .put((byte) 1)
                .putInt(1)
                .putDouble(x)
                .putDouble(y)
                .array();
    }
}
