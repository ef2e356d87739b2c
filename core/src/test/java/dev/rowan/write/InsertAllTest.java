package dev.rowan.write;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.error.CheckViolation;
import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.Keys;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.OrderItemsKey;
import dev.rowan.shop.repositories.UserRolesKey;
import dev.rowan.shop.repositories.UserRolesRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UserRolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.StatementCountTest;
import java.math.BigDecimal;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InsertAllTest extends StatementCountTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();

    @Override
    public Database database() {
        return SHOP.database();
    }

    @Test
    void theIdsAreFilledInInTheOrderOfTheRecords() {
        var saved = users.insertAll(named(2_500));

        var ids = saved.stream().map(UsersRecord::getId).toList();
        assertEquals(ids.stream().sorted().distinct().toList(), ids);
        var read = users.findAll(ids);
        assertEquals(names(saved), names(read));
        assertFalse(saved.getFirst().touched());
    }

    @Test
    void anEmptyListIsNoStatement() {
        assertEquals(List.of(), users.insertAll(List.of()));
    }

    @Test
    void anUnsetColumnGetsItsDefault() {
        var saved = users.insertAll(List.of(
                new UsersRecord().setName("Ann").setStatus(UsersStatus.SUSPENDED),
                new UsersRecord().setAge(31),
                new UsersRecord()));

        var read = users.findAll(saved.stream().map(UsersRecord::getId).toList());
        assertEquals(
                List.of(UsersStatus.SUSPENDED, UsersStatus.ACTIVE, UsersStatus.ACTIVE),
                read.stream().map(UsersRecord::getStatus).toList());
        assertEquals(31, read.get(1).getAge());
    }

    @Test
    void emptyRecordsTakeEveryDefault() {
        var saved = users.insertAll(List.of(new UsersRecord(), new UsersRecord()));

        assertEquals(2, users.all().count());
        assertEquals(saved.get(0).getId() + 1, saved.get(1).getId());
    }

    @Test
    void aGivenIdStaysAndARowMayReferToOneBeforeIt() {
        var saved = users.insertAll(List.of(
                new UsersRecord().setName("made"),
                new UsersRecord().setId(40_000).setName("given"),
                new UsersRecord().setName("made after").setInviterId(40_000),
                new UsersRecord().setId(null).setName("made, too")));

        var read = users.findAll(saved.stream().map(UsersRecord::getId).toList());
        assertEquals(List.of("made", "given", "made after", "made, too"), names(read));
        assertEquals(40_000, saved.get(1).getId());
    }

    @Test
    void rowsWithCompositeAndAssignedKeysAreInserted() {
        var ann = SHOP.user("Ann", 31);
        var order = SHOP.orders().insert(o -> o.setUserId(ann.getId()));
        SHOP.items()
                .insertAll(IntStream.rangeClosed(1, 3)
                        .mapToObj(line -> new OrderItemsRecord()
                                .setOrderId(order.getId())
                                .setLineNo(line)
                                .setProduct("pen")
                                .setPrice(BigDecimal.ONE))
                        .toList());
        assertTrue(SHOP.items().exists(new OrderItemsKey(order.getId(), 3)));

        var roles =
                SHOP.roles().insertAll(List.of(new RolesRecord().setName("buyer"), new RolesRecord().setName("admin")));
        var granted = new UserRolesRepository(SHOP.database());
        granted.insertAll(roles.stream()
                .map(role -> new UserRolesRecord().setUserId(ann.getId()).setRoleId(role.getId()))
                .toList());
        assertTrue(granted.exists(new UserRolesKey(ann.getId(), roles.get(1).getId())));
    }

    @Test
    void theErrorNamesTheBadRowAndNothingIsWritten() {
        var records = named(2_500);
        records.get(1_233).setAge(-1);

        var violation = assertThrows(CheckViolation.class, () -> users.insertAll(records));
        assertEquals(
                "Row 1234: insert into users: the row violates the check constraint ck_users_age. See its condition"
                        + " in the changelog.",
                violation.getMessage());
        assertEquals(0, users.all().count());
    }

    @Test
    void twoRecordsWithOneKeyAreAUniqueViolationOfTheSecond() {
        var records =
                List.of(new UsersRecord().setEmail("ann@example.org"), new UsersRecord().setEmail("ANN@example.org"));

        var violation = assertThrows(UniqueViolation.class, () -> users.insertAll(records));
        assertEquals(Keys.KEY_USERS_UK_USERS_EMAIL, violation.key());
        assertTrue(violation.getMessage().startsWith("Row 2: insert into users: "), violation.getMessage());
        assertEquals(0, users.all().count());
    }

    @Test
    void insertAllRefusesTheSameRecordsAsInsertBeforeItWrites() {
        var read = users.get(SHOP.user("Ann", 31).getId());
        var expression = new UsersRecord();
        expression.set(USERS.AGE, USERS.AGE.plus(1));
        var generated = new UsersRecord();
        generated.set(USERS.EMAIL_DOMAIN, "example.org");

        for (var bad : List.of(read, expression, generated)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> users.insertAll(List.of(new UsersRecord().setName("Bob"), bad)));
        }
        assertEquals(1, users.all().count());
    }

    @Test
    void wideRowsTakeSeveralStatements() {
        var ann = SHOP.user("Ann", 31);
        var note = "\\'".repeat(30_000);
        var orders = IntStream.range(0, 100)
                .mapToObj(i -> new OrdersRecord().setUserId(ann.getId()).setNote(note))
                .toList();

        SHOP.orders().insertAll(orders);
        assertEquals(note, SHOP.orders().get(orders.getLast().getId()).getNote());
    }

    @Test
    void theStatementsOfEqualChunksArePreparedOnce() {
        try (var database = Database.open(SHOP.options().withPoolSize(1))) {
            var repository = new UsersRepository(database);
            repository.insertAll(named(5_000));
            var prepared = count(database, "Com_stmt_prepare");
            repository.insertAll(named(5_000));
            assertEquals(prepared, count(database, "Com_stmt_prepare"));
        }
    }

    @Test
    void listsOfEveryLengthLeaveNoPreparedStatementsOnTheServer() {
        try (var database = Database.open(SHOP.options().withPoolSize(1))) {
            var repository = new UsersRepository(database);
            var kept = new TreeSet<Long>();
            for (int length = 298; length < 310; length++) {
                var saved = repository.insertAll(named(length));
                saved.forEach(user -> user.setAge(31));
                repository.updateAll(saved);
                repository.deleteAll(saved);
                var left = count(database, "Com_stmt_prepare") - count(database, "Com_stmt_close");
                if (length >= 300) {
                    // short statements are cached from their first use on
                    kept.add(left);
                }
            }
            assertEquals(1, kept.size(), kept::toString);
        }
    }

    /** Returns one of the server's counters of the connection. */
    private static long count(Database database, String what) {
        return database.dsl()
                .fetchSingle("show session status like '" + what + "'")
                .get(1, Long.class);
    }

    @Test
    void concurrentInsertsGetTheirOwnIds() throws Exception {
        var threads = 8;
        var together = new CyclicBarrier(threads);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var saved = new ArrayList<Future<List<UsersRecord>>>();
            for (int i = 0; i < threads; i++) {
                saved.add(executor.submit((Callable<List<UsersRecord>>) () -> {
                    together.await();
                    return users.insertAll(named(300));
                }));
            }
            for (var future : saved) {
                var records = future.get();
                assertEquals(
                        names(records),
                        names(users.findAll(
                                records.stream().map(UsersRecord::getId).toList())));
            }
        }
    }

    @Test
    void insertedIdsFollowAutoIncrementIncrement() {
        var options = SHOP.optionsWith("sessionVariables=auto_increment_increment=7,auto_increment_offset=3");
        try (var database = Database.open(options)) {
            var saved = new UsersRepository(database).insertAll(named(5));

            assertEquals(saved.get(0).getId() + 7, saved.get(1).getId());
            var ids = saved.stream().map(UsersRecord::getId).toList();
            assertEquals(names(saved), names(users.findAll(ids)));
        }
    }

    @Test
    void theIncrementIsQueriedOnceForOneInsertAndAgainBeforeTheCommitForMore() {
        assertEquals(1 + INCREMENT_QUERY, countStatements(() -> users.insertAll(named(2))));
        assertStatements(1 + INCREMENT_QUERY, session -> users.in(session).insertAll(named(2)));
        assertStatements(2 + INCREMENT_QUERY + INCREMENT_QUERY, session -> {
            users.in(session).insertAll(named(2));
            users.in(session).insertAll(named(2));
        });
        assertStatements(2, session -> {
            users.in(session).insertAll(named(1));
            users.in(session).insertAll(named(1));
        });
    }

    @Test
    void aTransactionIsRetriedIfTheIncrementChanges() {
        var attempts = new AtomicInteger();
        var saved = new ArrayList<UsersRecord>();
        SHOP.database().transaction(session -> {
            saved.clear();
            saved.addAll(users.in(session).insertAll(named(2)));
            if (attempts.incrementAndGet() == 1) {
                session.dsl().execute("set auto_increment_increment = 7");
            }
            saved.addAll(users.in(session).insertAll(named(2)));
        });
        assertEquals(2, attempts.get());
        assertEquals(
                names(saved),
                names(users.findAll(saved.stream().map(UsersRecord::getId).toList())));
        assertEquals(4, users.all().count());
    }

    @Test
    void insertAllInASessionIsPartOfItsTransaction() {
        assertThrows(
                IllegalStateException.class,
                () -> SHOP.database().transaction(session -> {
                    var saved = users.in(session).insertAll(named(1_500));
                    assertNotNull(saved.getLast().getId());
                    throw new IllegalStateException();
                }));
        assertEquals(0, users.all().count());
    }

    @Test
    void aCollectionIsReadOnceAndMayRunStatements() {
        SHOP.database().transaction(session -> {
            var inSession = users.in(session);
            var made = new ArrayList<UsersRecord>();
            Collection<UsersRecord> lazy = new AbstractCollection<>() {
                @Override
                public Iterator<UsersRecord> iterator() {
                    return IntStream.range(0, size())
                            .mapToObj(i -> {
                                var referred = inSession.insert(u -> u.setName("referred"));
                                made.add(new UsersRecord().setName("user of " + referred.getId()));
                                return made.getLast();
                            })
                            .iterator();
                }

                @Override
                public int size() {
                    return 1_100;
                }
            };
            assertEquals(1_100, inSession.insertAll(lazy).size());
            assertEquals(1_100, made.size());
            made.forEach(user -> assertTrue(user.getId() > 0));

            assertEquals(1_100, inSession.saveAll(lazy).size());
            assertEquals(2_200, made.size());
            made.forEach(user -> assertTrue(user.getId() > 0));
        });
        assertEquals(4_400, users.all().count());
    }

    @Test
    void aRefusedCallInASessionIsRolledBackAlone() {
        SHOP.database().transaction(session -> {
            var inSession = users.in(session);
            inSession.insert(u -> u.setName("Ann"));
            var records = named(1_500);
            records.getLast().setAge(-1);
            assertThrows(CheckViolation.class, () -> inSession.insertAll(records));
        });
        assertEquals(1, users.all().count());
    }

    private static List<UsersRecord> named(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new UsersRecord().setName("user " + i).setAge(i % 100))
                .toList();
    }

    private static List<String> names(List<UsersRecord> records) {
        return records.stream().map(UsersRecord::getName).toList();
    }
}
