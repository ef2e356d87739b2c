package dev.rowan.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.error.CheckViolation;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.StaleRecord;
import dev.rowan.internal.write.ValuesJoin;
import dev.rowan.shop.Keys;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.Users;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.SampleTable;
import dev.rowan.testing.SampleTable.SamplesRecord;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.JSON;
import org.jooq.SQLDialect;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes of many records have the same effect as single writes, atomically and in few statements. */
class BatchWriteTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void updateAllStoresTheSameValuesAsSingleUpdates(long seed) {
        var random = new Random(seed);
        var many = new SampleTable("many_" + seed);
        var single = new SampleTable("single_" + seed);
        for (var table : List.of(many, single)) {
            table.create(SHOP.database());
        }
        var manyRows = insert(many, 200, new Random(seed));
        var singleRows = insert(single, 200, new Random(seed));

        for (int round = 0; round < 3; round++) {
            var changes = random.nextLong();
            change(many, manyRows, new Random(changes));
            change(single, singleRows, new Random(changes));
            many.repository(SHOP.database()).updateAll(manyRows);
            SHOP.database().transaction(session -> singleRows.forEach(single.repository(session)::update));

            assertEquals(rows(single), rows(many));
            assertEquals(values(singleRows), values(manyRows));
        }
        many.repository(SHOP.database()).deleteAll(manyRows.subList(50, 200));
        assertEquals(50, many.repository(SHOP.database()).all().count());
    }

    @Test
    void theJoinFindsItsRowsByThePrimaryKeyOfASmallTableToo() {
        users(20);
        SHOP.database().dsl().execute("analyze table users");
        var dsl = SHOP.database().dsl();
        var users = Users.USERS;
        var text = new ValuesJoin(dsl, users, List.of(users.ID, users.VERSION), List.of(users.NAME)).update(512);
        var binds = IntStream.range(0, 512)
                .boxed()
                .flatMap(i -> List.<Object>of(i, 0, "name").stream())
                .toArray();

        var explain = dsl.dialect() == SQLDialect.MARIADB ? "explain " : "explain format = traditional ";
        var lines = dsl.fetch(explain + text, binds);
        var line = lines.stream().filter(l -> "users".equals(l.get("table"))).findFirst();
        assertEquals("PRIMARY", line.orElseThrow().get("key"));
        assertEquals("eq_ref", line.orElseThrow().get("type"));
    }

    @Test
    void versionsAreIncrementedAndTheRecordsCanBeWrittenAgain() {
        var records = users(1_500);
        records.forEach(u -> u.setAge(40));
        users.updateAll(records);
        records.forEach(u -> u.setAge(41));
        users.updateAll(records);

        assertEquals(
                1_500,
                users.where(Users.USERS.AGE.eq(41).and(Users.USERS.VERSION.eq(2)))
                        .count());
        assertTrue(records.stream().allMatch(u -> u.getVersion() == 2 && !u.modified()));
    }

    @Test
    void oneStaleRecordAmongManyAndNothingIsWritten() {
        var records = users(20);
        users.update(records.get(7).getId(), u -> u.setAge(1));
        records.forEach(u -> u.setAge(40));

        var stale =
                " users: a row was changed or deleted since its record was read. Read it again, apply the change, and"
                        + " write it again.";
        assertEquals(
                "Row 8: update" + stale,
                assertThrows(StaleRecord.class, () -> users.updateAll(records)).getMessage());
        assertEquals(
                "Row 8: delete from" + stale,
                assertThrows(StaleRecord.class, () -> users.deleteAll(records)).getMessage());
        assertEquals(0, users.where(Users.USERS.AGE.eq(40)).count());
        assertTrue(records.stream().allMatch(u -> u.modified(Users.USERS.AGE) && u.getVersion() == 0));
    }

    @Test
    void aStaleRecordRollsBackOnlyItsOwnCallInASession() {
        var records = users(3);
        users.update(records.get(2).getId(), u -> u.setAge(1));
        SHOP.database().transaction(session -> {
            var inSession = users.in(session);
            inSession.update(records.get(0).getId(), u -> u.setName("kept"));
            records.get(1).setAge(40);
            records.get(2).setAge(40);
            var failure = assertThrows(StaleRecord.class, () -> inSession.updateAll(records));
            assertTrue(failure.getMessage().startsWith("Row 3: "), failure::getMessage);
        });

        assertEquals("kept", users.get(records.get(0).getId()).getName());
        assertEquals(0, users.where(Users.USERS.AGE.eq(40)).count());
    }

    @Test
    void anEmptyListAndUnmodifiedRecordsWriteNothing() {
        var ann = users.get(SHOP.user("Ann", 31).getId());
        var bob = users.get(SHOP.user("Bob", 31).getId());
        users.updateAll(List.of());
        users.deleteAll(List.of());
        users.saveAll(List.of());
        users.updateAll(List.of(ann, bob.setAge(32)));

        assertEquals(0, users.get(ann.getId()).getVersion());
        assertEquals(32, users.get(bob.getId()).getAge());
    }

    @Test
    void aRecordPassedTwiceIsWrittenOnceAndTwoRecordsOfOneRowAreRefused() {
        var ann = users.get(SHOP.user("Ann", 31).getId());
        users.updateAll(List.of(ann.setAge(32), ann));
        assertEquals(1, users.get(ann.getId()).getVersion());

        var twin = users.get(ann.getId());
        var error = assertThrows(
                IllegalArgumentException.class, () -> users.updateAll(List.of(ann.setAge(33), twin.setAge(34))));
        assertEquals(
                "Row 2: This record has the same row of users as an earlier record of this call. Pass only one of them.",
                error.getMessage());
    }

    @Test
    void theErrorNamesTheRecordThatIsRefusedBeforeTheStatement() {
        var ann = users.get(SHOP.user("Ann", 31).getId());
        var bob = users.get(SHOP.user("Bob", 31).getId()).setName("x".repeat(51));
        var fresh = new UsersRecord().setName("new");
        refused("Row 3: users: a value for name is longer", () -> users.updateAll(List.of(ann, ann, bob)));
        refused("Row 2: This record of users is new", () -> users.updateAll(List.of(ann, fresh)));
        refused("Row 2: This record of users is new", () -> users.deleteAll(List.of(ann, fresh)));
        refused("Row 3: users: a value for name is longer", () -> users.saveAll(List.of(fresh, ann, bob)));
        bob.setName("Bob").set(Users.USERS.EMAIL_DOMAIN, "example.org");
        refused("Row 2: users.email_domain is a generated column", () -> users.updateAll(List.of(ann, bob)));
        refused("Row 2: users.email_domain is a generated column", () -> users.insertAll(List.of(fresh, bob)));
        refused("Row 2: users.email_domain is a generated column", () -> users.load(Stream.of(fresh, bob)));
        assertEquals(2, users.all().count());
    }

    @Test
    void nullAmongTheRecordsIsRefusedByItsNumber() {
        var rows = Arrays.asList(new UsersRecord().setEmail("ann@example.org"), null);
        var stored = Arrays.asList(users.get(SHOP.user("Bob", 31).getId()).setAge(32), null);
        refused("Row 2 is null.", () -> users.insertAll(rows));
        refused("Row 2 is null.", () -> users.load(rows.stream()));
        refused("Row 2 is null.", () -> users.upsertAll(rows).on(Keys.KEY_USERS_UK_USERS_EMAIL));
        refused("Row 2 is null.", () -> users.saveAll(rows));
        refused("Row 2 is null.", () -> users.updateAll(stored));
        refused("Row 2 is null.", () -> users.deleteAll(stored));
        assertEquals(1, users.all().count());
        assertEquals(31, users.all().one().getAge());
    }

    private static void refused(String beginning, Executable call) {
        var message = Objects.requireNonNull(
                assertThrows(RuntimeException.class, call).getMessage());
        assertTrue(message.startsWith(beginning), message);
    }

    @Test
    void aRefusedValueNamesItsColumnAndNothingIsWritten() {
        var records = users(3);
        records.get(0).setName("new");
        records.get(1).setName("x".repeat(51));
        var error = assertThrows(InvalidValue.class, () -> users.updateAll(records));
        assertEquals(Optional.of(Users.USERS.NAME), error.field());

        records.get(1).setName("y").setAge(200);
        assertThrows(CheckViolation.class, () -> users.updateAll(records));
        assertEquals(0, users.where(Users.USERS.NAME.eq("new")).count());
    }

    @Test
    void aCharacterOutsideTheColumnsCharacterSetIsAnInvalidValue() {
        var table = new SampleTable("latin");
        table.create(SHOP.database());
        var rows = insert(table, 2, new Random(1));
        rows.forEach(row -> row.set(table.latin, "🦊"));

        assertThrows(InvalidValue.class, () -> table.repository(SHOP.database()).updateAll(rows));
    }

    @Test
    void rowsWiderThanAChunkAreWrittenToo() {
        var table = new SampleTable("wide");
        table.create(SHOP.database());
        var rows = insert(table, 2, new Random(1));
        SHOP.assumeValuesOf(4_000_000);
        var text = "é'\\".repeat(400_000);
        var bytes = new byte[1_500_000];
        Arrays.fill(bytes, (byte) '\'');
        rows.forEach(row -> {
            row.set(table.text, text);
            row.set(table.bytes, bytes);
        });
        table.repository(SHOP.database()).updateAll(rows);

        for (var row : table.repository(SHOP.database()).all().list()) {
            assertEquals(text, row.get(table.text));
            assertTrue(Arrays.equals(bytes, row.get(table.bytes)));
        }
    }

    @Test
    void saveAllInsertsTheNewAndUpdatesTheOthers() {
        var ann = users.get(SHOP.user("Ann", 31).getId());
        var bob = new UsersRecord().setName("Bob");
        var eve = new UsersRecord().setName("Eve");
        var saved = users.saveAll(List.of(bob, ann.setAge(32), eve));

        assertEquals(List.of(bob, ann, eve), saved);
        assertEquals("Bob", users.get(bob.getId()).getName());
        assertEquals("Eve", users.get(eve.getId()).getName());
        assertEquals(32, users.get(ann.getId()).getAge());
        users.saveAll(List.of(bob.setAge(1), eve.setAge(2)));
        assertEquals(1, users.get(eve.getId()).getVersion());
    }

    @Test
    void saveAllThatFailsLeavesNewRecordsNew() {
        var ann = users.get(SHOP.user("Ann", 31).getId());
        users.delete(ann.getId());
        var bob = new UsersRecord().setName("Bob");

        var failure = assertThrows(StaleRecord.class, () -> users.saveAll(List.of(bob, ann.setAge(32))));
        assertTrue(failure.getMessage().startsWith("Row 2: "), failure::getMessage);
        assertNull(bob.getId());
        assertEquals(0, users.all().count());
        users.save(bob);
        assertEquals(1, users.all().count());
    }

    @Test
    void deleteAllDeletesOnlyTheRowsOfTheRecords() {
        var records = users(5);
        users.deleteAll(records.subList(0, 4));

        assertEquals(records.get(4).getId(), users.all().one().getId());
        assertFalse(users.exists(records.get(0).getId()));
    }

    private List<UsersRecord> users(int count) {
        return users.insertAll(IntStream.range(0, count)
                .mapToObj(i -> new UsersRecord().setName("user " + i))
                .toList());
    }

    private static List<SamplesRecord> insert(SampleTable table, int count, Random random) {
        var rows = new ArrayList<SamplesRecord>();
        for (int i = 0; i < count; i++) {
            var row = table.record();
            row.set(table.code, "É" + i % 3);
            row.set(
                    table.number,
                    i % 2 == 0 ? ULong.valueOf(i) : ULong.valueOf(ULong.MAX_VALUE.subtract(BigInteger.valueOf(i))));
            change(table, row, random);
            rows.add(row);
        }
        return table.repository(SHOP.database()).insertAll(rows);
    }

    private static void change(SampleTable table, List<SamplesRecord> rows, Random random) {
        for (var row : rows) {
            change(table, row, random);
        }
    }

    /** Sets some columns to nulls, extreme values, and values that a server could misread. */
    private static void change(SampleTable table, SamplesRecord row, Random random) {
        var texts = List.of("", " ", "a", "É", "naïve 'quoted' \\ text", "1e3", "0x41", "null");
        var text = texts.get(random.nextInt(texts.size()));
        var big = "🦊".repeat(random.nextInt(3) * 500) + text;
        var bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        var second = random.nextLong(4_000_000_000L);
        for (int pick = 0; pick < 4; pick++) {
            var none = random.nextInt(4) == 0;
            switch (random.nextInt(15)) {
                case 0 -> row.set(table.whole, none ? null : random.nextInt());
                case 1 -> row.set(table.counted, none ? null : UInteger.valueOf(random.nextLong(1L << 32)));
                case 2 -> row.set(table.flag, none ? null : random.nextBoolean());
                case 3 ->
                    row.set(table.amount, none ? null : BigDecimal.valueOf(random.nextLong(), random.nextInt(11)));
                case 4 -> row.set(table.wide, none ? null : random.nextGaussian() * Math.pow(10, random.nextInt(300)));
                case 5 -> row.set(table.narrow, none ? null : random.nextFloat());
                case 6 ->
                    row.set(
                            table.at,
                            none
                                    ? null
                                    : LocalDateTime.of(1999, 12, 31, 23, 59, 59, 999_999_000)
                                            .plusSeconds(second));
                case 7 ->
                    row.set(table.day, none ? null : LocalDate.of(1000, 1, 1).plusDays(second % 300_000));
                case 8 ->
                    row.set(table.time, none ? null : LocalTime.ofNanoOfDay(random.nextInt(86_000_000) * 1_000_000L));
                case 9 -> row.set(table.latin, none ? null : text);
                case 10 -> row.set(table.text, none ? null : big);
                case 11 ->
                    row.set(table.status, none ? null : random.nextBoolean() ? UsersStatus.CLOSED : UsersStatus.ACTIVE);
                case 12 -> row.set(table.document, none ? null : JSON.json("{\"a\": [" + second + ", \"é🦊\"]}"));
                case 13 -> row.set(table.bytes, none ? null : bytes);
                default -> row.set(table.uuid, none ? null : new UUID(random.nextLong(), random.nextLong()));
            }
        }
    }

    private static List<List<Object>> rows(SampleTable table) {
        return values(table.repository(SHOP.database())
                .all()
                .orderBy(table.code, table.number)
                .list());
    }

    private static List<List<Object>> values(List<SamplesRecord> rows) {
        return rows.stream()
                .map(row -> Arrays.stream(row.intoArray())
                        .map(value -> value instanceof byte[] bytes ? (Object) Arrays.toString(bytes) : value)
                        .toList())
                .map(values -> values.stream()
                        .map(value -> (Object) String.valueOf(value))
                        .toList())
                .toList();
    }
}
