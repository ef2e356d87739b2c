package dev.rowan.type;

import static dev.rowan.types.Keys.KEY_SPECIMENS_PRIMARY;
import static dev.rowan.types.Tables.SPECIMENS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rowan.Database;
import dev.rowan.internal.codec.Codec;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.enums.SpecimensKind;
import dev.rowan.types.enums.SpecimensMarks;
import dev.rowan.types.repositories.SpecimensRepository;
import dev.rowan.types.tables.records.SpecimensRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.JSON;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.jooq.types.UShort;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method that writes and reads a value stores and returns it unchanged, at the extremes of each type. */
class RoundTripTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/changelog.sql");

    private static final String FOX = "\ud83e\udd8a";
    private static final String NINES = "9".repeat(35) + "." + "9".repeat(30);
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final Duration LONGEST = Duration.ofHours(839).minusSeconds(1);

    /** A column, and two values with the server's text of each. */
    static final List<Arguments> VALUES = List.of(
            arguments(SPECIMENS.TINY, Byte.MIN_VALUE, "-128", Byte.MAX_VALUE, "127"),
            arguments(SPECIMENS.TINY_UNSIGNED, UByte.MIN, "0", UByte.MAX, "255"),
            arguments(SPECIMENS.SMALL, Short.MIN_VALUE, "-32768", Short.MAX_VALUE, "32767"),
            arguments(SPECIMENS.SMALL_UNSIGNED, UShort.MIN, "0", UShort.MAX, "65535"),
            arguments(SPECIMENS.MEDIUM, -8_388_608, "-8388608", 8_388_607, "8388607"),
            arguments(SPECIMENS.MEDIUM_UNSIGNED, UInteger.MIN, "0", UInteger.valueOf(16_777_215), "16777215"),
            arguments(SPECIMENS.WHOLE, Integer.MIN_VALUE, "-2147483648", Integer.MAX_VALUE, "2147483647"),
            arguments(SPECIMENS.WHOLE_UNSIGNED, UInteger.MIN, "0", UInteger.MAX, "4294967295"),
            arguments(SPECIMENS.BIG, Long.MIN_VALUE, "-9223372036854775808", Long.MAX_VALUE, "9223372036854775807"),
            arguments(SPECIMENS.BIG_UNSIGNED, ULong.MIN, "0", ULong.MAX, "18446744073709551615"),
            arguments(SPECIMENS.DECIMALS, new BigDecimal("-" + NINES), "-" + NINES, new BigDecimal(NINES), NINES),
            arguments(
                    SPECIMENS.DECIMALS,
                    new BigDecimal("1E-30"),
                    "0." + "0".repeat(29) + "1",
                    new BigDecimal("0").setScale(30),
                    "0." + "0".repeat(30)),
            arguments(
                    SPECIMENS.DIGITS,
                    BigInteger.TEN.pow(65).subtract(BigInteger.ONE),
                    "9".repeat(65),
                    BigInteger.ZERO,
                    "0"),
            arguments(SPECIMENS.NARROW, -3.4e38f, "-3.3999999521443642e38", 0.1f, "0.10000000149011612"),
            arguments(SPECIMENS.NARROW, Float.MIN_VALUE, "1.401298464324817e-45", 16_777_216f, "16777216"),
            arguments(SPECIMENS.WIDE, -Double.MAX_VALUE, "-1.7976931348623157e308", 0.1, "0.1"),
            arguments(SPECIMENS.WIDE, Double.MIN_VALUE, "5e-324", 0.0, "0"),
            arguments(SPECIMENS.FLAG, true, "1", false, "0"),
            arguments(SPECIMENS.BIT_ONE, true, "1", false, "0"),
            arguments(SPECIMENS.BIT_FEW, ULong.valueOf(0xfff), "4095", ULong.MIN, "0"),
            arguments(
                    SPECIMENS.BIT_MOST,
                    ULong.MAX,
                    "18446744073709551615",
                    ULong.valueOf(1L << 62),
                    "4611686018427387904"),
            arguments(SPECIMENS.DAY, LocalDate.of(9999, 12, 31), "9999-12-31", LocalDate.of(1, 1, 1), "0001-01-01"),
            arguments(SPECIMENS.DAY, LocalDate.of(1582, 10, 10), "1582-10-10", LocalDate.of(1900, 2, 28), "1900-02-28"),
            arguments(SPECIMENS.DAY, LocalDate.of(2024, 2, 29), "2024-02-29", LocalDate.of(2011, 12, 30), "2011-12-30"),
            arguments(SPECIMENS.TIME_WHOLE, LONGEST, "838:59:59", LONGEST.negated(), "-838:59:59"),
            arguments(
                    SPECIMENS.TIME_MICROS,
                    LONGEST.minusHours(1).plusNanos(999_999_000),
                    "837:59:59.999999",
                    Duration.ofNanos(-1_000),
                    "-00:00:00.000001"),
            arguments(SPECIMENS.TIME_MICROS, Duration.ZERO, "00:00:00.000000", Duration.ofDays(1), "24:00:00.000000"),
            arguments(
                    SPECIMENS.MOMENT_WHOLE,
                    LocalDateTime.parse("9999-12-31T23:59:59"),
                    "9999-12-31 23:59:59",
                    LocalDateTime.parse("0001-01-01T00:00:00"),
                    "0001-01-01 00:00:00"),
            arguments(
                    SPECIMENS.MOMENT_MICROS,
                    LocalDateTime.parse("9999-12-31T23:59:59.999999"),
                    "9999-12-31 23:59:59.999999",
                    LocalDateTime.parse("1969-12-31T23:59:59.999999"),
                    "1969-12-31 23:59:59.999999"),
            arguments(
                    SPECIMENS.STAMP_MICROS,
                    LocalDateTime.parse("2038-01-19T03:14:07.999999"),
                    "2038-01-19 03:14:07.999999",
                    LocalDateTime.parse("1970-01-01T00:00:01"),
                    "1970-01-01 00:00:01.000000"),
            arguments(SPECIMENS.MADE_IN, Year.of(2155), "2155", Year.of(0), "0000"),
            arguments(SPECIMENS.MADE_IN, Year.of(1901), "1901", Year.of(2000), "2000"),
            arguments(SPECIMENS.CODE, FOX.repeat(10), FOX.repeat(10), "", ""),
            arguments(SPECIMENS.WORD, FOX.repeat(100), FOX.repeat(100), "", ""),
            arguments(SPECIMENS.WORD, "  a\0\t\\' ", "  a\0\t\\' ", "é\u0301\ufeff\uffff", "é\u0301\ufeff\uffff"),
            arguments(SPECIMENS.TINY_TEXT, "é".repeat(127), "é".repeat(127), "", ""),
            arguments(SPECIMENS.PLAIN_TEXT, FOX.repeat(16_383), FOX.repeat(16_383), " ", " "),
            arguments(SPECIMENS.MEDIUM_TEXT, FOX.repeat(20_000), FOX.repeat(20_000), "", ""),
            arguments(SPECIMENS.LONG_TEXT, "\\N\r\n\t\\".repeat(20_000), "\\N\r\n\t\\".repeat(20_000), "", ""),
            arguments(SPECIMENS.BYTES_FIXED, new byte[] {0, -1, 32, 0}, "00FF2000", new byte[4], "00000000"),
            arguments(SPECIMENS.BYTES_VARYING, new byte[] {32, 0}, "2000", new byte[0], ""),
            arguments(SPECIMENS.TINY_BLOB, new byte[255], "00".repeat(255), new byte[0], ""),
            arguments(SPECIMENS.PLAIN_BLOB, new byte[65_535], "00".repeat(65_535), new byte[0], ""),
            arguments(SPECIMENS.MEDIUM_BLOB, new byte[70_000], "00".repeat(70_000), new byte[0], ""),
            arguments(SPECIMENS.LONG_BLOB, new byte[] {92, 39, 10}, "5C270A", new byte[0], ""),
            arguments(
                    SPECIMENS.UUID,
                    UUID.fromString("5c4e0a09-0d5c-7427-ff80-c3a9225c0000"),
                    "5C4E0A090D5C7427FF80C3A9225C0000",
                    new UUID(0, 0),
                    "0".repeat(32)),
            arguments(SPECIMENS.KIND, SpecimensKind.a_2cb, "a,b", SpecimensKind.it_27s, "it's"),
            arguments(SPECIMENS.MARKS, EnumSet.allOf(SpecimensMarks.class), "plain,with space,it's,É", Set.of(), ""),
            arguments(
                    SPECIMENS.DOCUMENT,
                    JSON.json("[18446744073709551615, -9223372036854775808, 0.30000000000000004]"),
                    "[18446744073709551615, -9223372036854775808, 0.30000000000000004]",
                    JSON.json("{\"" + FOX + "\": [null, true, \"\\u0000\"]}"),
                    "{\"" + FOX + "\": [null, true, \"\\u0000\"]}"));

    /** The types that pages cannot be ordered by: the server does not sort such long texts. */
    private static final Set<TableField<?, ?>> UNSORTED = Set.of(
            SPECIMENS.NARROW,
            SPECIMENS.DOCUMENT,
            SPECIMENS.MARKS,
            SPECIMENS.TINY_TEXT,
            SPECIMENS.PLAIN_TEXT,
            SPECIMENS.MEDIUM_TEXT,
            SPECIMENS.LONG_TEXT,
            SPECIMENS.TINY_BLOB,
            SPECIMENS.PLAIN_BLOB,
            SPECIMENS.MEDIUM_BLOB,
            SPECIMENS.LONG_BLOB);

    private final Database database = SCHEMA.database();
    private final SpecimensRepository specimens = new SpecimensRepository(database);

    @ParameterizedTest
    @FieldSource("VALUES")
    <T> void aValueIsReadAsItWasWritten(
            TableField<SpecimensRecord, T> field, T one, String text, T other, String otherText) {
        writeByEveryMethod(field, one);
        assertHeld(field, one, text);
        specimens.all().delete();
        writeByEveryMethod(field, other);
        assertHeld(field, other, otherText);
        specimens.all().update(row -> row.set(field, (T) null));
        assertHeld(field, null, null);
        specimens.insertAll(List.of(record(20, field, one), record(21, field, null), record(22, field, other)));
        assertPaged(field);
    }

    @Test
    void negativeZeroIsReadAsTheServerStoresIt() {
        database.dsl().execute("insert into specimens (id, wide) values (1, -0e0)");
        var stored = (String) database.dsl().fetchValue("select " + text(SPECIMENS.WIDE) + " from specimens");
        specimens.all().delete();

        writeByEveryMethod(SPECIMENS.WIDE, -0.0);

        assertHeld(SPECIMENS.WIDE, "-0".equals(stored) ? -0.0 : 0.0, stored);
    }

    private <T> void writeByEveryMethod(TableField<SpecimensRecord, T> field, T value) {
        specimens.insert(record(1, field, value));
        specimens.insertAll(List.of(record(2, field, value), record(3, field, value)));
        specimens.load(Stream.of(record(4, field, value)));
        specimens.upsert(record(5, field, value)).on(KEY_SPECIMENS_PRIMARY);
        specimens.insertAll(List.of(record(6, field, null), record(7, field, null), record(8, field, null)));
        specimens.upsertAll(List.of(record(6, field, value))).on(KEY_SPECIMENS_PRIMARY);
        specimens.update(ULong.valueOf(7), row -> row.set(field, value));
        var read = specimens.get(ULong.valueOf(8));
        read.set(field, value);
        specimens.updateAll(List.of(read));
        database.dsl().insertInto(SPECIMENS).set(record(9, field, value)).execute();
        database.dsl()
                .insertInto(SPECIMENS)
                .set(SPECIMENS.ID, ULong.valueOf(10))
                .set(field, DSL.inline(value, field))
                .execute();
    }

    private <T> void assertHeld(TableField<SpecimensRecord, T> field, @Nullable T value, @Nullable String text) {
        assertSame10(
                text,
                database.dsl()
                        .fetch("select " + text(field) + " from specimens")
                        .getValues(0));
        assertSame10(value, specimens.all().list(row -> row.get(field)));
        assertSame10(value, specimens.all().select(field).list(row -> row.value1()));
        assertSame10(
                value,
                specimens.all().stream(rows -> rows.map(row -> row.get(field)).toList()));
        assertSame10(value, database.dsl().selectFrom(SPECIMENS).fetch(field));
        var found = new ArrayList<@Nullable T>();
        for (int id = 1; id <= 10; id++) {
            found.add(specimens.find(ULong.valueOf(id)).orElseThrow().get(field));
        }
        assertSame10(value, found);
    }

    private static void assertSame10(@Nullable Object value, List<? extends @Nullable Object> read) {
        assertEquals(10, read.size());
        for (var each : read) {
            assertEquals(comparable(value), comparable(each));
        }
    }

    private void assertPaged(TableField<SpecimensRecord, ?> field) {
        if (UNSORTED.contains(field)) {
            return;
        }
        for (var order : List.of(field.asc(), field.desc())) {
            var all = specimens.all().orderBy(order, SPECIMENS.ID.asc()).list(SpecimensRecord::getId);
            var paged = specimens.all().orderBy(order).scan(3).flatMap(page -> page.items().stream());
            assertEquals(all, paged.map(SpecimensRecord::getId).toList());
        }
    }

    private static <T> SpecimensRecord record(long id, TableField<SpecimensRecord, T> field, @Nullable T value) {
        var row = new SpecimensRecord().setId(ULong.valueOf(id));
        row.set(field, value);
        return row;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }

    /** Returns the server's own text of a column. */
    private static String text(TableField<?, ?> field) {
        var type = field.getDataType();
        var wire = Codec.wire(type);
        if (wire == byte[].class) {
            return "hex(" + field.getName() + ")";
        }
        var isNumber = field.getName().startsWith("bit") || wire == Float.class;
        return "cast(" + field.getName() + (isNumber ? " + 0" + (wire == Float.class ? "e0" : "") : "") + " as char)";
    }

    /** Zones with half-hour jumps, with a skipped day, and without jumps: none of it matters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Paris",
                "America/St_Johns",
                "America/Sao_Paulo",
                "Australia/Lord_Howe",
                "Asia/Kathmandu",
                "Pacific/Apia"
            })
    void timesAreNotConvertedInAnyZoneOfTheJvm(String zone) {
        var before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try (var there = Database.open(SCHEMA.options())) {
            var times = aroundJumps(ZoneId.of(zone));
            var rows = times.stream().map(RoundTripTest::at).toList();
            var repository = new SpecimensRepository(there);
            repository.insertAll(rows);
            repository.load(times.stream().map(RoundTripTest::at));
            for (var time : times) {
                there.dsl().insertInto(SPECIMENS).set(at(time)).execute();
            }

            var sorted = Stream.of(times, times, times).flatMap(List::stream).toList();
            var texts = there.dsl()
                    .fetch("select concat(moment_micros, ' ', day, ' ', time_micros) from specimens order by id")
                    .getValues(0);
            assertEquals(
                    sorted.stream()
                            .map(time -> MICROS.format(time) + " " + MICROS.format(time))
                            .toList(),
                    texts);
            var read = repository.all().orderBy(SPECIMENS.ID).list();
            for (int i = 0; i < sorted.size(); i++) {
                assertTimes(sorted.get(i), read.get(i));
            }
            var fetched =
                    there.dsl().selectFrom(SPECIMENS).orderBy(SPECIMENS.ID).fetch();
            for (int i = 0; i < sorted.size(); i++) {
                assertTimes(sorted.get(i), fetched.get(i));
            }
            for (var time : times) {
                assertFalse(repository
                        .where(SPECIMENS.MOMENT_MICROS.eq(time))
                        .list()
                        .isEmpty());
                assertFalse(there.dsl()
                        .fetch(SPECIMENS, SPECIMENS.DAY.eq(time.toLocalDate()))
                        .isEmpty());
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private static void assertTimes(LocalDateTime time, SpecimensRecord row) {
        assertEquals(time, row.getMomentMicros());
        assertEquals(isStamp(time) ? time : null, row.getStampMicros());
        assertEquals(time.toLocalDate(), row.getDay());
        assertEquals(Duration.ofNanos(time.toLocalTime().toNanoOfDay()), row.getTimeMicros());
    }

    private static SpecimensRecord at(LocalDateTime time) {
        return new SpecimensRecord()
                .setMomentMicros(time)
                .setStampMicros(isStamp(time) ? time : null)
                .setDay(time.toLocalDate())
                .setTimeMicros(Duration.ofNanos(time.toLocalTime().toNanoOfDay()));
    }

    private static boolean isStamp(LocalDateTime time) {
        var second = time.toEpochSecond(ZoneOffset.UTC);
        return second > 0 && second <= Integer.MAX_VALUE;
    }

    /** Returns times before, during and after the clock changes of a zone. */
    private static List<LocalDateTime> aroundJumps(ZoneId zone) {
        var rules = zone.getRules();
        var jumps = new ArrayList<>(rules.getTransitions());
        for (var year = 2024; year < 2027; year++) {
            var next = rules.nextTransition(LocalDateTime.of(year, 1, 1, 0, 0).toInstant(ZoneOffset.UTC));
            if (next != null) {
                jumps.add(next);
            }
        }
        var times = new ArrayList<>(List.of(
                LocalDateTime.parse("0001-01-01T00:00:00"),
                LocalDateTime.parse("1582-10-10T12:00:00"),
                LocalDateTime.parse("1899-12-31T23:59:59.999999"),
                LocalDateTime.parse("2050-07-01T02:30:00")));
        for (var jump : jumps) {
            var length = jump.getDuration().abs();
            times.add(jump.getDateTimeBefore().minusNanos(1_000));
            times.add(jump.getDateTimeBefore().plus(length.dividedBy(2)));
            times.add(jump.getDateTimeBefore().minus(length.dividedBy(2)));
            times.add(jump.getDateTimeAfter());
        }
        return times;
    }
}
