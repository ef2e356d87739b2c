package dev.rowan.write;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.CheckViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.NotNullViolation;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.UniqueViolation;
import dev.rowan.result.LoadResult;
import dev.rowan.result.LoadResult.Form;
import dev.rowan.session.OverDataSourceTest;
import dev.rowan.shop.Keys;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.JSON;
import org.jooq.SQLDialect;
import org.jooq.types.UInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();

    @Test
    void manyRowsAreSentAsFiles() {
        assertEquals(new LoadResult(25_000, SHOP.loadForm()), users.load(rows(25_000)));
        assertEquals(25_000, users.all().count());
    }

    @Test
    void aLoadTakesThePlaceOfAConnectionOfThePool() {
        try (var database = Database.open(SHOP.options().withPoolSize(1).withPoolTimeout(Duration.ofMillis(300)))) {
            var repository = new UsersRepository(database);
            var used = new ArrayList<Integer>();
            var failures = new ArrayList<TransientFailure.Kind>();
            repository.load(rows(10).peek(row -> {
                used.add(database.statistics().connectionsInUse());
                if (used.size() == 5) { // the load has its connection after the first row
                    failures.add(assertThrows(TransientFailure.class, () -> repository.load(rows(1)))
                            .kind());
                }
            }));

            assertEquals(1, Collections.max(used));
            assertEquals(List.of(TransientFailure.Kind.POOL_EXHAUSTED), failures);
            assertEquals(0, database.statistics().connectionsInUse());
            repository.load(rows(5));
        }
        assertEquals(15, users.all().count());
    }

    @Test
    void aLoadThatFailsGivesItsPlaceBack() {
        try (var database = Database.open(SHOP.options().withPoolSize(1).withPoolTimeout(Duration.ofMillis(300)))) {
            var repository = new UsersRepository(database);
            for (int i = 0; i < 3; i++) {
                assertThrows(
                        IllegalStateException.class,
                        () -> repository.load(rows(10).peek(row -> {
                            throw new IllegalStateException();
                        })));
            }
            assertEquals(0, repository.all().count());
        }
    }

    @Test
    void aLoadInASessionIsPartOfItsTransaction() {
        assertThrows(
                IllegalStateException.class,
                () -> SHOP.database().transaction(session -> {
                    assertEquals(
                            new LoadResult(1_500, Form.INSERTS),
                            users.in(session).load(rows(1_500)));
                    throw new IllegalStateException();
                }));
        assertEquals(0, users.all().count());
    }

    @Test
    void overADataSourceOfTheUserRowsAreInserted() {
        try (var pool = OverDataSourceTest.pool(SHOP.options(), OverDataSourceTest.SETTINGS, 1);
                var database = Database.over(pool)) {
            var loaded = new UsersRepository(database).load(rows(1_500));

            assertEquals(new LoadResult(1_500, Form.INSERTS), loaded);
            assertEquals(
                    List.of("user 0", "user 1499"),
                    Stream.of(users.all().orderBy(USERS.ID), users.all().orderBy(USERS.ID.desc()))
                            .map(query -> query.first().orElseThrow().getName())
                            .toList());
            refused(CheckViolation.class, u -> u.setAge(151), 1_207, new UsersRepository(database)::load);
            assertEquals(1_500, users.all().count());
        }
    }

    @Test
    void anEmptyStreamLoadsNothing() {
        assertEquals(new LoadResult(0, Form.INSERTS), users.load(Stream.of()));
    }

    @Test
    void emptyRowsTakeEveryDefault() {
        var loaded = users.load(Stream.generate(UsersRecord::new).limit(3));

        assertEquals(new LoadResult(3, Form.INSERTS), loaded);
        assertEquals(3, users.where(USERS.STATUS.eq(UsersStatus.ACTIVE)).count());
    }

    @Test
    void textIsReadAsItWasWritten() {
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

    @ParameterizedTest
    @EnumSource(Form.class)
    void textInASingleColumnIsReadAsItWasWritten(Form form) {
        var texts = Arrays.asList("", null, "\\N", "\\", "\n", "\r", "\t", "\0", "\b\u001a", "N", "'", "\"", "🦊", "");
        var rows = texts.stream().map(text -> new UsersRecord().setName(text));

        assertEquals(new LoadResult(texts.size(), expected(form)), load(rows, form));
        assertEquals(texts, users.all().orderBy(USERS.ID).list(UsersRecord::getName));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void everyCharacterIsReadAsItWasWritten(Form form) {
        var texts = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .filter(point -> point < 0x3000 || point % 97 == 0 || point > 0x10ff00)
                .mapToObj(point -> "a" + Character.toString(point) + "z")
                .toList();
        var chunks = IntStream.range(0, texts.size() / 1000 + 1)
                .mapToObj(i -> String.join("", texts.subList(i * 1000, Math.min(texts.size(), i * 1000 + 1000))))
                .toList();
        var ann = SHOP.user("Ann", 31);
        var rows = chunks.stream()
                .map(note -> new OrdersRecord().setUserId(ann.getId()).setNote(note));

        var orders = SHOP.orders();
        var loaded = form == Form.LOAD_DATA
                ? orders.load(rows)
                : SHOP.database()
                        .transactionResult(session -> orders.in(session).load(rows));
        assertEquals(new LoadResult(chunks.size(), expected(form)), loaded);
        assertEquals(chunks, orders.all().orderBy(ORDERS.ID).list(OrdersRecord::getNote));
    }

    @Test
    void everyTypeIsReadAsItWasWritten() {
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
    void bytesAndNumbersAreReadAsTheyWereWritten() {
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

    @ParameterizedTest
    @EnumSource(Form.class)
    void aValueThatLoadDataWouldChangeIsRefusedByItsRowAndNothingIsWritten(Form form) {
        var ann = users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));

        for (var taken : List.of("ANN@example.org", "5@example.org", "1204@EXAMPLE.org")) {
            assertEquals(
                    Keys.KEY_USERS_UK_USERS_EMAIL,
                    refused(UniqueViolation.class, u -> u.setEmail(taken), form).key());
        }
        refused(InvalidValue.class, u -> u.setName("x".repeat(51)), form);
        refused(InvalidValue.class, u -> u.setPreferences(JSON.json("{")), form);
        refused(NotNullViolation.class, u -> u.setStatus(null), form);
        refused(NotNullViolation.class, u -> u.setCreatedAt(null), form);
        refused(CheckViolation.class, u -> u.setAge(151), form);
        assertEquals(
                Keys.FK_USERS_INVITER,
                refused(ForeignKeyViolation.class, u -> u.setInviterId(-1), form)
                        .key());
        assertEquals(ann.getId(), users.all().one().getId());
    }

    /** In a file, every server silently replaces null with the current time; in an insert, only MariaDB does. */
    @Test
    void nullForANotNullTimestampIsRefusedIfAnInsertRefusesIt() {
        var dsl = SHOP.database().dsl();
        dsl.execute("alter table users modify created_at timestamp(6) not null default current_timestamp(6)");
        try {
            if (dsl.dialect() == SQLDialect.MARIADB) {
                assertNotNull(users.get(users.insert(u -> u.setCreatedAt(null)).getId())
                        .getCreatedAt());
            } else {
                refused(NotNullViolation.class, u -> u.setCreatedAt(null), Form.LOAD_DATA);
            }
        } finally {
            dsl.execute("alter table users modify created_at datetime(6) not null default current_timestamp(6)");
        }
    }

    @Test
    void noValueIsChangedOnAServerThatKeepsNoWarnings() {
        try (var database = Database.open(SHOP.optionsWith("sessionVariables=max_error_count=0"))) {
            refused(NotNullViolation.class, u -> u.setStatus(null), 10_007, new UsersRepository(database)::load);
        }
        assertEquals(0, users.all().count());
    }

    @Test
    void aUserWithoutPrivilegesBeyondTheDatabaseLoadsFilesToo() {
        var user = "app_" + UUID.randomUUID().toString().substring(0, 8);
        var dsl = SHOP.database().dsl();
        dsl.execute("create user " + user + " identified by 'Ordinary-1'");
        try {
            dsl.execute("grant all on `" + dsl.fetchValue("select database()") + "`.* to " + user);
            var options = DatabaseOptions.of(SHOP.options().url(), user, "Ordinary-1");
            try (var database = Database.open(options)) {
                assertEquals(new LoadResult(100, SHOP.loadForm()), new UsersRepository(database).load(rows(100)));
            }
        } finally {
            dsl.execute("drop user " + user);
        }
    }

    @Test
    void bytesAreReadAsTheyWereWrittenInALocaleWithOtherDigits() {
        var ann = SHOP.user("Ann", 31);
        var uuid = UUID.fromString("5c4e0a09-0d5c-7427-ff80-c3a9225c0000");
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            var row = new OrdersRecord().setUserId(ann.getId()).setUuid(uuid);
            assertEquals(new LoadResult(1, SHOP.loadForm()), SHOP.orders().load(Stream.of(row)));
        } finally {
            Locale.setDefault(before);
        }
        assertEquals(uuid, SHOP.orders().all().one().getUuid());
    }

    /** Returns the form in which a load of that form runs here. */
    private static Form expected(Form form) {
        return form == Form.LOAD_DATA ? SHOP.loadForm() : form;
    }

    private LoadResult load(Stream<UsersRecord> rows, Form form) {
        return form == Form.LOAD_DATA
                ? users.load(rows)
                : SHOP.database().transactionResult(session -> users.in(session).load(rows));
    }

    private <X extends DatabaseException> X refused(Class<X> type, Consumer<UsersRecord> mistake, Form form) {
        return refused(type, mistake, form == Form.LOAD_DATA ? 10_007 : 1_207, rows -> load(rows, form));
    }

    private static <X extends DatabaseException> X refused(
            Class<X> type, Consumer<UsersRecord> mistake, int bad, Function<Stream<UsersRecord>, LoadResult> load) {
        var created = LocalDateTime.of(2024, 1, 1, 0, 0);
        var rows = IntStream.rangeClosed(1, bad + 100).mapToObj(i -> {
            var row = new UsersRecord()
                    .setName("user " + i)
                    .setAge(31)
                    .setEmail(i + "@example.org")
                    .setStatus(UsersStatus.ACTIVE)
                    .setPreferences(null)
                    .setInviterId(null)
                    .setCreatedAt(created);
            if (i == bad) {
                mistake.accept(row);
            }
            return row;
        });
        var error = assertThrows(type, () -> load.apply(rows));
        var message = String.valueOf(error.getMessage());
        assertTrue(message.matches("Row " + bad + ": (insert into )?users: .*"), message);
        return error;
    }

    @Test
    void aRecordWithOtherColumnsIsRefusedByItsNumber() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> users.load(Stream.concat(rows(11_000), Stream.of(new UsersRecord().setName("Ann")))));
        assertEquals(
                "Row 11001 sets other columns of users than row 1. Set the same columns on each row, null where there is no value.",
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
            if ("user 10500".equals(row.getName())) {
                throw new IllegalStateException("no more");
            }
        });

        assertThrows(IllegalStateException.class, () -> users.load(rows));
        assertEquals(0, users.all().count());
    }

    @Test
    void theRowsOfALoadMayRunStatementsThemselves() {
        users.load(rows(11_000).peek(row -> {
            if (row.getAge() == 0) {
                users.insert(u -> u.setName("within"));
            }
        }));
        assertEquals(110, users.where(USERS.NAME.eq("within")).count());
        assertEquals(11_110, users.all().count());

        SHOP.database().transaction(session -> {
            var inSession = users.in(session);
            inSession.load(rows(3_000).peek(row -> {
                if (row.getAge() % 10 == 0) {
                    session.add(new UsersRecord().setName("later"));
                    row.setEmail(inSession.insert(u -> u.setName("inserted")).getId() + "@example.org");
                } else {
                    row.setEmail(null);
                }
            }));
        });
        assertEquals(300, users.where(USERS.NAME.eq("later")).count());
        assertEquals(300, users.where(USERS.NAME.eq("inserted")).count());
        assertEquals(300, users.where(USERS.EMAIL.like("%@example.org")).count());
        assertEquals(14_710, users.all().count());
    }

    private static Stream<UsersRecord> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new UsersRecord().setName("user " + i).setAge(i % 100));
    }
}
