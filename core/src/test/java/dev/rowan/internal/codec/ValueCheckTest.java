package dev.rowan.internal.codec;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rowan.error.InvalidValue;
import dev.rowan.shop.Keys;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jooq.DataType;
import org.jooq.JSON;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that its column would change silently is refused before it is written. */
class ValueCheckTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final String HALF_A_FOX = "\ud83e";
    private static final String FOX = "\ud83e\udd8a";
    private static final LocalDateTime TOO_FINE = LocalDateTime.parse("2024-12-31T23:59:59.999999500");

    static final List<Arguments> CHANGED = List.of(
            arguments("finer fractions of a second", SQLDataType.LOCALDATETIME(6), TOO_FINE),
            arguments("finer fractions of a second", SQLDataType.LOCALDATETIME, TOO_FINE),
            arguments("3 digits", SQLDataType.LOCALDATETIME(3), LocalDateTime.parse("2024-01-01T00:00:00.0001")),
            arguments("which is none", SQLDataType.LOCALTIME(0), LocalTime.parse("23:59:59.5")),
            arguments("the years 0 and 9999", SQLDataType.LOCALDATE, LocalDate.of(65_536 + 2024, 1, 2)),
            arguments("the years 0 and 9999", SQLDataType.LOCALDATETIME(6), LocalDateTime.of(-1, 1, 1, 0, 0)),
            arguments("range of YEAR", SQLDataType.YEAR, Year.of(24)),
            arguments("decimal places", SQLDataType.DECIMAL(5, 2), new BigDecimal("1.005")),
            arguments("decimal places", SQLDataType.DECIMAL(65, 30), new BigDecimal("1E-31")),
            arguments("decimal places", SQLDataType.DECIMAL(65, 0), new BigDecimal("0.5")),
            arguments("finite", SQLDataType.DOUBLE, Double.NaN),
            arguments("finite", SQLDataType.DOUBLE, Double.NEGATIVE_INFINITY),
            arguments("finite", SQLDataType.REAL, Float.POSITIVE_INFINITY),
            arguments("5 characters", SQLDataType.VARCHAR(5), "four " + " "),
            arguments("5 characters", SQLDataType.VARCHAR(5), FOX.repeat(5) + "\t"),
            arguments("ends with a space", SQLDataType.CHAR(5), "abc "),
            arguments("255 bytes", SQLDataType.CLOB(255), "é".repeat(127) + "\n\n"),
            arguments("unpaired surrogate", SQLDataType.VARCHAR(5), "a" + HALF_A_FOX),
            arguments("unpaired surrogate", SQLDataType.VARCHAR(5), HALF_A_FOX + "a"),
            arguments("unpaired surrogate", SQLDataType.CLOB, FOX.substring(1) + HALF_A_FOX),
            arguments("unpaired surrogate", SQLDataType.JSON, JSON.json("\"" + HALF_A_FOX + "\"")),
            arguments("4 bytes", SQLDataType.BINARY(4), new byte[3]));

    static final List<Arguments> KEPT = List.of(
            arguments(SQLDataType.LOCALDATETIME(6), LocalDateTime.parse("9999-12-31T23:59:59.999999")),
            arguments(SQLDataType.LOCALDATETIME(0), LocalDateTime.parse("0000-01-01T00:00:00")),
            arguments(SQLDataType.LOCALTIME(3), LocalTime.parse("23:59:59.999")),
            arguments(SQLDataType.YEAR, Year.of(0)),
            arguments(SQLDataType.DECIMAL(5, 2), new BigDecimal("1.1000")),
            arguments(SQLDataType.DECIMAL(5, 2), new BigDecimal("1E+2")),
            arguments(SQLDataType.DOUBLE, Double.MIN_VALUE),
            arguments(SQLDataType.VARCHAR(5), FOX.repeat(5)),
            arguments(SQLDataType.VARCHAR(5), "     "),
            arguments(SQLDataType.CHAR(5), " a\t"),
            arguments(SQLDataType.CLOB(255), "é".repeat(127) + "\n"),
            arguments(SQLDataType.BINARY(4), new byte[4]));

    @ParameterizedTest
    @FieldSource("CHANGED")
    void aValueThatWouldBeChangedIsRefused(String fault, DataType<?> type, Object value) {
        var field = DSL.field(DSL.name("things", "thing"), type);
        var check = Objects.requireNonNull(ValueCheck.of(field));

        var refused = assertThrows(InvalidValue.class, () -> check.require(value));
        assertTrue(refused.getMessage().startsWith("things: a value for thing "), refused.getMessage());
        assertTrue(refused.getMessage().contains(fault), refused.getMessage());
        assertFalse(refused.getMessage().contains(value.toString()), refused.getMessage());
        assertEquals(field, refused.field().orElseThrow());
    }

    @ParameterizedTest
    @FieldSource("KEPT")
    void aValueThatIsStoredUnchangedIsAccepted(DataType<?> type, Object value) {
        var check = Objects.requireNonNull(ValueCheck.of(DSL.field("thing", type)));
        assertDoesNotThrow(() -> check.require(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012345678901234567890",
                "18446744073709551616",
                "-9223372036854775809",
                "9007199254740993.0",
                "0.1234567890123456789",
                "[1, {\"a\": 1e400}]",
                "-1e99999999999",
                "1e-400",
                "{\"a\": 1, \"b\": {\"a\": 2}, \"a\": 3}",
                "[{\"\\u0061\\n\": 1, \"a\\u000A\" : 2}]",
            })
    void aDocumentThatMySqlWouldChangeIsRefused(String document) {
        var fault = Objects.requireNonNull(JsonCheck.fault(document));
        assertFalse(fault.contains(document), fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "18446744073709551615",
                "-9223372036854775808",
                "-0.0",
                "0.30000000000000004",
                "1.7976931348623157e308",
                "2.2250738585072014E-308",
                "[1e2, 100000000000000000000, 1.10, 0.1000000000000000000000]",
                "{\"a\": {\"a\": [{\"a\": 1}, {\"a\": \"a\"}]}, \"A\": \"\\\"a\\\": 123456789012345678901\"}",
                "\"0.1234567890123456789\"",
                "{\"a\\\\\": 1, \"a\": 2}",
                "",
                "tru",
                "\"a",
                "\"a\\",
                "]",
                "[\"a\": 1]",
                "{\"\\u12\": 1"
            })
    void aDocumentThatIsStoredUnchangedOrIsNotJsonIsLeftToTheServer(String document) {
        assertNull(JsonCheck.fault(document));
    }

    @Test
    void aDocumentOfMoreLevelsThanMySqlHasIsRefusedBeforeItTakesMemory() {
        assertNull(JsonCheck.fault("[".repeat(100) + "]".repeat(100)));
        assertNull(JsonCheck.fault("[[]]".repeat(100)));
        for (var deep : List.of("[".repeat(8 << 20), "{\"a\":".repeat(101), "[".repeat(101) + "]".repeat(101))) {
            var fault = Objects.requireNonNull(JsonCheck.fault(deep));
            assertTrue(fault.startsWith("has JSON of more than 100 levels"), fault);
        }
    }

    /** Returns all methods that write a value to a column of an existing row. */
    static final List<Named<BiConsumer<UsersRepository, UsersRecord>>> WAYS = List.of(
            Named.of("insert", (users, ann) -> users.insert(bad())),
            Named.of("insertAndGet", (users, ann) -> users.insertAndGet(bad())),
            Named.of("insertAll", (users, ann) -> users.insertAll(List.of(new UsersRecord().setName("Bob"), bad()))),
            Named.of("load", (users, ann) -> users.load(Stream.of(good(), bad()))),
            Named.of("save", (users, ann) -> users.save(bad())),
            Named.of("saveAll", (users, ann) -> users.saveAll(List.of(ann.setAge(1), bad()))),
            Named.of("upsert", (users, ann) -> users.upsert(bad()).on(Keys.KEY_USERS_UK_USERS_EMAIL)),
            Named.of(
                    "upsertAll",
                    (users, ann) -> users.upsertAll(List.of(good(), bad())).on(Keys.KEY_USERS_UK_USERS_EMAIL)),
            Named.of("update by key", (users, ann) -> users.update(ann.getId(), u -> u.setCreatedAt(TOO_FINE))),
            Named.of(
                    "update by condition",
                    (users, ann) -> users.where(USERS.AGE.eq(31)).update(u -> u.setCreatedAt(TOO_FINE))),
            Named.of("update", (users, ann) -> users.update(ann.setCreatedAt(TOO_FINE))),
            Named.of("updateAll", (users, ann) -> users.updateAll(List.of(ann.setCreatedAt(TOO_FINE)))),
            Named.of(
                    "in a session",
                    (users, ann) -> SHOP.database().transaction(session -> {
                        users.in(session).update(ann.getId(), u -> u.setAge(7));
                        users.in(session).insert(bad());
                    })));

    private final UsersRepository users = SHOP.users();

    private static UsersRecord good() {
        return new UsersRecord().setEmail("good@example.org").setCreatedAt(TOO_FINE.withNano(0));
    }

    private static UsersRecord bad() {
        return new UsersRecord().setEmail("bad@example.org").setCreatedAt(TOO_FINE);
    }

    @ParameterizedTest
    @FieldSource("WAYS")
    void everyWriteRefusesAnInvalidTime(BiConsumer<UsersRepository, UsersRecord> write) {
        var ann = users.insertAndGet(u -> u.setName("Ann").setAge(31));
        var before = ann.intoList();

        var refused = assertThrows(InvalidValue.class, () -> write.accept(users, ann));
        assertEquals(USERS.CREATED_AT, refused.field().orElseThrow());
        assertEquals(List.of(before), users.all().list(UsersRecord::intoList));
    }

    @Test
    void theErrorNamesTheRow() {
        var rows = List.of(good(), bad());
        for (var refused : List.of(
                assertThrows(InvalidValue.class, () -> users.insertAll(rows)),
                assertThrows(InvalidValue.class, () -> users.load(rows.stream())),
                assertThrows(InvalidValue.class, () -> users.upsertAll(rows).on(Keys.KEY_USERS_UK_USERS_EMAIL)))) {
            assertTrue(refused.getMessage().startsWith("Row 2: users: a value for created_at"), refused.getMessage());
        }
    }

    @Test
    void aConditionMayContainAValueThatNoColumnStores() {
        users.insert(good());
        assertEquals(1, users.where(USERS.CREATED_AT.lt(TOO_FINE)).count());
        assertEquals(0, users.where(USERS.CREATED_AT.eq(TOO_FINE)).count());
        assertEquals(0, users.where(USERS.NAME.eq("x".repeat(51))).count());
    }

    @Test
    void anIdOf0IsRefusedAsTheServerWouldGenerateAnother() {
        for (var refused : List.of(
                assertThrows(InvalidValue.class, () -> users.insert(u -> u.setId(0))),
                assertThrows(InvalidValue.class, () -> users.insertAll(List.of(good().setId(0)))))) {
            assertEquals(USERS.ID, refused.field().orElseThrow());
        }
        assertEquals(-5, users.insert(u -> u.setId(-5)).getId());
        users.update(-5, u -> u.setId(0));
        assertTrue(users.exists(0));
    }
}
