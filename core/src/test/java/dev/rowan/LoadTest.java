package dev.rowan;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.error.CheckViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.NotNullViolation;
import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.Keys;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.JSON;
import org.jooq.types.UInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoadTest {

    @RegisterExtension
    static final Shop SHOP = new Shop();

    private final UsersRepository users = SHOP.users();

    @Test
    void manyRowsAreSentAsFiles() {
        assertEquals(new Loaded(25_000, Loaded.Form.LOAD_DATA), users.load(rows(25_000)));
        assertEquals(25_000, users.all().count());
    }

    @Test
    void inASessionTheyArePartOfItsTransaction() {
        assertThrows(
                IllegalStateException.class,
                () -> SHOP.database().transaction(session -> {
                    assertEquals(
                            new Loaded(1_500, Loaded.Form.INSERTS),
                            users.in(session).load(rows(1_500)));
                    throw new IllegalStateException();
                }));
        assertEquals(0, users.all().count());
    }

    @Test
    void overAPoolOfTheUsersTheyGoByInserts() {
        try (var pool = OverTest.pool(SHOP.options(), OverTest.SETTINGS, 1);
                var database = Database.over(pool)) {
            var loaded = new UsersRepository(database).load(rows(1_500));

            assertEquals(new Loaded(1_500, Loaded.Form.INSERTS), loaded);
            assertEquals(
                    List.of("user 0", "user 1499"),
                    Stream.of(users.all().orderBy(USERS.ID), users.all().orderBy(USERS.ID.desc()))
                            .map(query -> query.first().orElseThrow().getName())
                            .toList());
            refused(CheckViolation.class, u -> u.setAge(151), new UsersRepository(database));
            assertEquals(1_500, users.all().count());
        }
    }

    @Test
    void anEmptyStreamLoadsNothing() {
        assertEquals(new Loaded(0, Loaded.Form.INSERTS), users.load(Stream.of()));
    }

    @Test
    void rowsOfNothingTakeEveryDefault() {
        var loaded = users.load(Stream.generate(UsersRecord::new).limit(3));

        assertEquals(new Loaded(3, Loaded.Form.INSERTS), loaded);
        assertEquals(3, users.where(USERS.STATUS.eq(UsersStatus.ACTIVE)).count());
    }

    @Test
    void textComesBackToTheLetter() {
        var texts = List.of(
                "",
                "\\N",
                "NULL",
                "a\tb",
                "a\nb\r\n",
                "\\",
                "\\\\n",
                "it's \"quoted\"",
                "🦊 ß é",
                "\0 zero",
                " ends ",
                ",",
                "%s");
        users.load(texts.stream().map(text -> new UsersRecord().setName(text).setEmail(null)));

        var read = users.all().orderBy(USERS.ID).list();
        assertEquals(texts, read.stream().map(UsersRecord::getName).toList());
        assertNull(read.getFirst().getEmail());
    }

    @Test
    void everyTypeComesBackAsItWasWritten() {
        var time = LocalDateTime.of(2024, 10, 27, 2, 30, 0, 123_456_000);
        var json = JSON.json("{\"a\": \"tab \\\\t, quote \\\\\\\"\"}");
        Supplier<UsersRecord> row = () -> new UsersRecord()
                .setName("Ann")
                .setAge(0)
                .setStatus(UsersStatus.CLOSED)
                .setPreferences(json)
                .setNewsletter(true)
                .setCreatedAt(time);
        users.load(Stream.generate(row).limit(2));

        for (var read : users.all().list()) {
            assertEquals(UsersStatus.CLOSED, read.getStatus());
            assertEquals(json, read.getPreferences());
            assertEquals(true, read.getNewsletter());
            assertEquals(time, read.getCreatedAt());
            assertEquals(0, read.getAge());
        }
    }

    @Test
    void bytesAndNumbersComeBackAsTheyWereWritten() {
        var ann = SHOP.user("Ann", 31);
        var uuids = List.of(
                UUID.fromString("00000000-0000-0000-0000-000000000000"),
                UUID.fromString("5c4e0a09-0d5c-7427-ff80-c3a9225c0000"),
                UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff"));
        SHOP.orders()
                .load(uuids.stream()
                        .map(uuid -> new OrdersRecord()
                                .setUserId(ann.getId())
                                .setUuid(uuid)
                                .setTotal(new BigDecimal("9999999999.99"))));
        for (var uuid : uuids) {
            var order = SHOP.orders().findByUuid(uuid).orElseThrow();
            assertEquals(new BigDecimal("9999999999.99"), order.getTotal());
        }
        var order = SHOP.orders().findByUuid(uuids.getFirst()).orElseThrow().getId();
        SHOP.items()
                .load(IntStream.of(1, 2)
                        .mapToObj(line -> new OrderItemsRecord()
                                .setOrderId(order)
                                .setLineNo(line)
                                .setProduct("pen")
                                .setQuantity(UInteger.MAX)
                                .setPrice(new BigDecimal("0.01"))));
        assertEquals(UInteger.MAX, SHOP.items().all().list().getLast().getQuantity());
    }

    @Test
    void whatLoadDataWouldBendOrLoseIsRefusedByItsRowAndNothingIsWritten() {
        var ann = users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));

        assertEquals(
                Keys.KEY_USERS_UK_USERS_EMAIL,
                refused(UniqueViolation.class, u -> u.setEmail("ANN@example.org"))
                        .key());
        refused(InvalidValue.class, u -> u.setName("x".repeat(51)));
        refused(InvalidValue.class, u -> u.setPreferences(JSON.json("{")));
        refused(NotNullViolation.class, u -> u.setStatus(null));
        refused(CheckViolation.class, u -> u.setAge(151));
        assertEquals(
                Keys.FK_USERS_INVITER,
                refused(ForeignKeyViolation.class, u -> u.setInviterId(-1)).key());
        assertEquals(ann.getId(), users.all().one().getId());
    }

    private <X extends DatabaseException> X refused(Class<X> type, Consumer<UsersRecord> mistake) {
        return refused(type, mistake, users);
    }

    private static <X extends DatabaseException> X refused(
            Class<X> type, Consumer<UsersRecord> mistake, UsersRepository users) {
        var rows = IntStream.rangeClosed(1, 12_000).mapToObj(i -> {
            var row = new UsersRecord()
                    .setName("user " + i)
                    .setAge(31)
                    .setEmail(i + "@example.org")
                    .setStatus(UsersStatus.ACTIVE)
                    .setPreferences(null)
                    .setInviterId(null);
            if (i == 10_007) mistake.accept(row);
            return row;
        });
        var error = assertThrows(type, () -> users.load(rows));
        var message = String.valueOf(error.getMessage());
        assertTrue(message.matches("Row 10007: (insert into )?users: .*"), message);
        return error;
    }

    @Test
    void aRecordWithOtherColumnsIsRefusedByItsNumber() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> users.load(Stream.concat(rows(11_000), Stream.of(new UsersRecord().setName("Ann")))));
        assertEquals(
                "Row 11001 was given other columns of users than row 1. Set the same on each, to null where there is no value.",
                error.getMessage());
        assertEquals(0, users.all().count());
    }

    @Test
    void aRecordThatWasReadIsNotLoadedAgainByMistake() {
        var ann = users.get(SHOP.user("Ann", 31).getId());

        assertThrows(IllegalArgumentException.class, () -> users.load(Stream.of(ann, ann)));
        assertEquals(1, users.all().count());
    }

    @Test
    void aStreamThatFailsWritesNothing() {
        var rows = rows(11_000).peek(row -> {
            if ("user 10500".equals(row.getName())) throw new IllegalStateException("no more");
        });

        assertThrows(IllegalStateException.class, () -> users.load(rows));
        assertEquals(0, users.all().count());
    }

    private static Stream<UsersRecord> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new UsersRecord().setName("user " + i).setAge(i % 100));
    }
}
