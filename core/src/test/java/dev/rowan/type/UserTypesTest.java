package dev.rowan.type;

import static dev.rowan.types.Keys.KEY_STALLS_PRIMARY;
import static dev.rowan.types.Tables.STALLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.market.Area;
import com.example.market.Money;
import com.example.market.Opened;
import com.example.market.Settings;
import com.example.market.Status;
import com.example.market.Tag;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rowan.Database;
import dev.rowan.result.LoadResult;
import dev.rowan.result.LoadResult.Form;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.repositories.StallsRepository;
import dev.rowan.types.tables.records.StallsRecord;
import java.io.File;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Columns of the user's own types are written and read like others. */
class UserTypesTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/stalls.sql");

    private static final String ROW = " It is the row of stalls with id 1.";

    private static final Settings SETTINGS = new Settings(
            "dark \\ 'blue'",
            9_007_199_254_740_993L,
            new BigDecimal("0.123456789012345"),
            OffsetDateTime.parse("2024-10-27T02:30:00.000001+02:00"),
            Map.of("a key", 7));

    private static final List<TableField<StallsRecord, ?>> FIELDS = List.of(
            STALLS.STATUS,
            STALLS.AREA,
            STALLS.DAY_PRICE,
            STALLS.OPENS_AT,
            STALLS.TOKEN,
            STALLS.STARS,
            STALLS.OPENED,
            STALLS.SETTINGS,
            STALLS.TAGS);

    static final List<TableField<StallsRecord, ?>> PAGED = FIELDS.subList(0, 6);

    private final Database database = SCHEMA.database();
    private final StallsRepository stalls = new StallsRepository(database);

    @Test
    void everyWriteStoresTheUsersTypes() {
        stalls.insert(full(1));
        stalls.insertAll(List.of(full(2), full(3)));
        assertEquals(new LoadResult(1, Form.INSERTS), stalls.load(Stream.of(full(4))));
        var plain = full(5);
        plain.touched(STALLS.OPENED, false);
        assertEquals(new LoadResult(1, SCHEMA.loadForm()), stalls.load(Stream.of(plain)));
        stalls.upsert(full(6)).on(KEY_STALLS_PRIMARY);
        stalls.insertAll(List.of(empty(7), empty(8), empty(9)));
        stalls.upsertAll(List.of(full(7))).on(KEY_STALLS_PRIMARY);
        var read = stalls.get(8);
        read.from(full(8));
        stalls.updateAll(List.of(read));
        stalls.update(9, patch -> patch.from(full(9), FIELDS.toArray(Field[]::new)));
        database.dsl().insertInto(STALLS).set(full(10)).execute();

        assertEquals(10, stalls.all().count());
        stalls.update(5, patch -> patch.setOpened(full(5).getOpened()));
        for (var row : stalls.all().list()) {
            assertEquals(full(row.getId()), row);
        }
        for (var row : database.dsl().fetch(STALLS)) {
            assertEquals(full(row.getId()), row);
        }
    }

    @Test
    void nullIsReadAndWrittenToo() {
        stalls.insert(empty(1));
        stalls.load(Stream.of(empty(2)));

        for (var row : stalls.all().list()) {
            for (var field : FIELDS) {
                if (!field.equals(STALLS.STATUS)) {
                    assertNull(row.get(field), field.getName());
                }
            }
        }
    }

    @Test
    void conditionsMatchTheUsersTypes() {
        stalls.insertAll(List.of(full(1), empty(2)));

        for (var field : FIELDS) {
            assertEquals(1, stalls.where(equal(field, full(1))).count(), field.getName());
            assertEquals(1, database.dsl().fetchCount(STALLS, equal(field, full(1))), field.getName());
        }
        assertEquals(
                2, stalls.where(STALLS.STATUS.in(Status.OPEN, Status.CLOSED)).count());
        assertEquals(1, stalls.where(STALLS.DAY_PRICE.gt(new Money(-1))).count());
        assertEquals(1, stalls.where(STALLS.OPENED.ge(full(1).getOpened())).count());
    }

    private static <T> Condition equal(Field<T> field, StallsRecord row) {
        return field.eq(row.get(field));
    }

    @ParameterizedTest
    @FieldSource("PAGED")
    void pagesCanBeOrderedByTheUsersTypes(TableField<StallsRecord, ?> field) {
        stalls.insertAll(List.of(empty(1), full(2), other(3), full(4), empty(5), full(6).setStatus(Status.BANNED)));
        for (var order : List.of(field.asc(), field.desc())) {
            assertEquals(
                    stalls.all().orderBy(order, STALLS.ID.asc()).list(),
                    stalls.all()
                            .orderBy(order)
                            .scan(1)
                            .flatMap(page -> page.items().stream())
                            .toList());
        }
    }

    @Test
    void aTimeOfDayIsNotConvertedInTheDslWhateverTheZone() {
        stalls.insert(full(1));

        var opensAt = database.dsl().fetchValue(DSL.select(STALLS.OPENS_AT).from(STALLS));
        assertEquals(LocalTime.of(2, 30, 0, 1_000), opensAt);
        assertEquals("02:30:00.000001", database.dsl().fetchValue("select cast(opens_at as char) from stalls"));
    }

    @Test
    void jsonsOwnNullIsNullUnlessTheTypeHasOneItself() {
        stalls.insert(empty(1));
        database.dsl().execute("update stalls set settings = 'null'");

        assertNull(stalls.get(1).getSettings());
        assertEquals(NullNode.getInstance(), new JsonConverter<JsonNode>() {}.from(JSON.json("null")));
    }

    @Test
    void aJsonTreeKeepsEveryDigit() {
        var converter = new JsonConverter<JsonNode>() {};
        for (var text : List.of("18446744073709551615", "0.12345678901234567890", "1E+400", "[-0.10]")) {
            assertEquals(JSON.json(text), converter.to(converter.from(JSON.json(text))));
        }
    }

    @Test
    void withoutJacksonTheErrorNamesTheDependency() throws Exception {
        var classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("jackson"))
                .map(entry -> Path.of(entry).toUri())
                .toList();
        var urls = new URL[classPath.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath.get(i).toURL();
        }

        try (var withoutJackson = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            var error = assertThrows(
                    ExceptionInInitializerError.class,
                    () -> Class.forName("dev.rowan.types.tables.Stalls", true, withoutJackson));
            assertEquals(
                    "java.lang.IllegalStateException: JSON columns of your own types need Jackson 3, which is not on"
                            + " the class path. Add the dependency tools.jackson.core:jackson-databind.",
                    String.valueOf(error.getCause()));
        }
    }

    @Test
    void aValueThatCannotBeReadIsAnErrorWithoutTheValue() {
        stalls.insert(empty(1));
        database.dsl().execute("update stalls set settings = '{\"limits\": {\"secret\": \"hidden\"}}'");

        assertUnreadable(
                "stalls.settings: com.example.market.Settings cannot be read from the JSON in a row, at .limits.*"
                        + " (InvalidFormatException). Change the type, or fix the row.",
                STALLS.SETTINGS);
    }

    @Test
    void aValueThatCannotBeWrittenIsAnErrorBeforeAnythingIsSent() {
        var converter = new JsonConverter<Object>() {};

        var error = assertThrows(
                IllegalArgumentException.class,
                () -> converter.to(new Object() {
                    @JsonProperty
                    String secret() {
                        throw new UnsupportedOperationException("hidden");
                    }
                }));

        assertEquals(
                "A value of java.lang.Object cannot be written as JSON, at .secret (DatabindException)."
                        + " Make the type serializable, with annotations of Jackson or with your own mapper.",
                error.getMessage());
        assertNull(error.getCause());
    }

    @Test
    void anEnumWithOtherLiteralsThanItsColumnIsRefusedWhenItsTableIsFirstUsed() {
        var error = assertThrows(
                IllegalStateException.class,
                () -> new EnumConverter<>("users.status", UsersStatus.class, Status.class));

        assertEquals(
                "com.example.market.Status and the ENUM column users.status have different literals. Only the column has"
                        + " [ACTIVE, SUSPENDED]. Only the Java type has [BANNED, OPEN]. Name the constants like the"
                        + " literals, or implement org.jooq.EnumType, whose getLiteral() returns them.",
                error.getMessage());
    }

    @Test
    void aTextWithoutAConstantIsRefused() {
        stalls.insert(empty(1));
        database.dsl().execute("update stalls set area = 'the West'");

        assertUnreadable(
                "stalls.area: Area has no constant for the value in the row. Generate the sources again, or add a"
                        + " constant to your own enum.",
                STALLS.AREA);
    }

    @Test
    void aTimeOutsideADayIsRefused() {
        stalls.insert(empty(1));
        database.dsl().execute("update stalls set opens_at = '30:00:00'");

        for (var read : reads(STALLS.OPENS_AT)) {
            var error = assertThrows(IllegalStateException.class, read);
            var message = String.valueOf(error.getMessage());
            assertTrue(
                    message.startsWith(
                            "stalls.opens_at: java.time.LocalTime cannot be read from the value in the row ("),
                    message);
            assertTrue(withoutRow(message).endsWith("). Change the type, or fix the row."), message);
            assertNull(error.getCause());
        }
    }

    @Test
    void theErrorNamesTheExceptionOfAConverterWithoutItsMessage() {
        stalls.insert(empty(1).setArea(Area.SOUTH));
        var number = STALLS.STARS.convertFrom(Integer.class, stars -> Integer.valueOf("hidden"));
        stalls.update(1, row -> row.setStars((byte) 1));

        for (var read : List.<Executable>of(
                () -> stalls.all().select(number).list(),
                () -> database.dsl().select(number).from(STALLS).fetch())) {
            var error = assertThrows(IllegalStateException.class, read);
            assertEquals(
                    "an expression: java.lang.Integer cannot be read from the value in the row (NumberFormatException)."
                            + " Change the type, or fix the row.",
                    error.getMessage());
            assertNull(error.getCause());
        }
    }

    private void assertUnreadable(String message, Field<?> field) {
        for (var read : reads(field)) {
            var error = assertThrows(IllegalStateException.class, read);
            assertEquals(message, withoutRow(String.valueOf(error.getMessage())));
            assertNull(error.getCause());
        }
        var whole = assertThrows(IllegalStateException.class, () -> stalls.get(1));
        assertTrue(String.valueOf(whole.getMessage()).endsWith(ROW));
    }

    /** A read of whole records also names the row. */
    private static String withoutRow(String message) {
        return message.endsWith(ROW) ? message.substring(0, message.length() - ROW.length()) : message;
    }

    /** Returns the methods that read a field of the only row. */
    private List<Executable> reads(Field<?> field) {
        return List.of(
                () -> stalls.get(1),
                () -> stalls.all().select(field).list(),
                () -> database.dsl().fetch(STALLS),
                () -> database.dsl()
                        .select(DSL.row(STALLS.ID, DSL.row(field)))
                        .from(STALLS)
                        .fetch(),
                () -> database.transaction(session ->
                        session.dsl().select(field).from(STALLS).fetchLazy().fetchNext()));
    }

    private static StallsRecord full(int id) {
        return new StallsRecord()
                .setId(id)
                .setSettings(SETTINGS)
                .setTags(List.of(new Tag("red", 1), new Tag("🦊", Integer.MIN_VALUE)))
                .setStatus(Status.OPEN)
                .setArea(Area.SOUTH)
                .setDayPrice(new Money(1_234))
                .setOpened(new Opened(Instant.parse("2024-03-31T02:30:00.000001Z")))
                .setOpensAt(LocalTime.of(2, 30, 0, 1_000))
                .setToken(UUID.fromString("5c4e0a09-0d5c-7427-ff80-c3a9225c0000"))
                .setStars((byte) 5);
    }

    private static StallsRecord other(int id) {
        return full(id).setStatus(Status.CLOSED)
                .setArea(Area.NORTH)
                .setDayPrice(new Money(-5))
                .setOpensAt(LocalTime.MIN)
                .setToken(new UUID(-1, -1))
                .setStars((byte) -128);
    }

    private static StallsRecord empty(int id) {
        var record = new StallsRecord();
        record.touched(true);
        return record.setId(id).setStatus(Status.CLOSED);
    }
}
