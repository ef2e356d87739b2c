package dev.rowan.relation;

import static dev.rowan.shop.Tables.ROLES;
import static dev.rowan.shop.Tables.USERS;
import static dev.rowan.shop.Tables.USER_ROLES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.NotLoaded;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UserRolesKey;
import dev.rowan.shop.repositories.UserRolesRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UserRolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ForcedRollback;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoUsersTest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jooq.Isolation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManyToManySetTest extends TwoUsersTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final int ISOLATION = 1;
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(2001, 2, 3, 4, 5, 6);

    private final RolesRepository roles = SHOP.roles();
    private final UserRolesRepository links = new UserRolesRepository(database);
    private RolesRecord admin;
    private RolesRecord clerk;
    private RolesRecord guest;

    ManyToManySetTest() {
        super(SHOP);
    }

    @BeforeEach
    void insertRolesAndLinks() {
        admin = new RolesRecord().setName("admin");
        clerk = new RolesRecord().setName("clerk");
        guest = new RolesRecord().setName("guest");
        roles.insertAll(List.of(admin, clerk, guest)); // queries the maximum size of a statement, which is cached
        for (var role : List.of(admin, clerk)) {
            link(ann, role);
        }
    }

    private void link(UsersRecord user, RolesRecord role) {
        links.insert(l -> l.setUserId(user.getId()).setRoleId(role.getId()).setGrantedAt(LONG_AGO));
    }

    private Set<String> stored(UsersRecord user) {
        return names(users.where(USERS.ID.eq(user.getId()))
                .with(UsersRepository.ROLES)
                .one()
                .roles());
    }

    private static Set<String> names(Collection<RolesRecord> roles) {
        return new TreeSet<>(roles.stream().map(RolesRecord::getName).toList());
    }

    @Test
    void onlyTheDifferencesAreDeletedAndInserted() {
        assertStatements(3, session -> UsersRepository.ROLES.set(session, ann, List.of(clerk, guest)));
        assertEquals(Set.of("clerk", "guest"), stored(ann));
        assertEquals(
                List.of(clerk.getId()),
                links.where(USER_ROLES.GRANTED_AT.eq(LONG_AGO)).list(UserRolesRecord::getRoleId));
    }

    @Test
    void unchangedLinksAreOnlyRead() {
        assertStatements(1, session -> UsersRepository.ROLES.set(session, ann, List.of(clerk, admin)));
        assertEquals(2, links.where(USER_ROLES.GRANTED_AT.eq(LONG_AGO)).count());
    }

    @Test
    void anEmptyListDeletesAllLinks() {
        assertStatements(2, session -> UsersRepository.ROLES.set(session, ann, List.of()));
        assertStatements(1, session -> UsersRepository.ROLES.set(session, bob, List.of()));
        assertEquals(0, links.all().count());
    }

    @Test
    void newRowsAreInsertedFirstAndLinksOfNewRecordsAreNotLookedFor() {
        var cid = new UsersRecord().setName("Cid");
        var cook = new RolesRecord().setName("cook");
        assertStatements(3, session -> {
            UsersRepository.ROLES.set(session, cid, List.of(cook, guest));
            assertEquals(List.of(cook, guest), cid.roles());
        });
        assertEquals(Set.of("cook", "guest"), stored(cid));
        assertEquals(Set.of("cook", "guest"), names(cid.roles()));

        assertStatements(
                2 + 1,
                session -> UsersRepository.ROLES.set(
                        session, ann, List.of(admin, clerk, new RolesRecord().setName("waiter"))));
        assertEquals(Set.of("admin", "clerk", "waiter"), stored(ann));
    }

    @Test
    void aRelationIsLoadedInEitherDirection() {
        assertStatements(3, session -> RolesRepository.USERS.set(session, clerk, List.of(bob)));
        assertEquals(Set.of("admin"), stored(ann));
        assertEquals(Set.of("clerk"), stored(bob));
    }

    @Test
    void allRecordsOfAFlushAreSetTogether() {
        var many = IntStream.range(0, 1000)
                .mapToObj(i -> new UsersRecord().setName("user " + i))
                .toList();
        assertStatements(1 + INCREMENT_QUERY + 3, session -> {
            for (var user : many) {
                UsersRepository.ROLES.set(session, user, List.of(admin, clerk, guest));
            }
        });
        assertEquals(2 + 3000, links.all().count());

        var first = many.getFirst();
        assertStatements(1 + 2, session -> {
            for (var user : many) {
                UsersRepository.ROLES.set(
                        session, user, user.getId() % 2 == 0 ? List.of(clerk) : List.of(admin, clerk, guest));
            }
            UsersRepository.ROLES.set(session, first, List.of());
        });
        for (var user : users.where(USERS.NAME.like("user %"))
                .with(UsersRepository.ROLES)
                .orderBy(USERS.ID)
                .list()
                .subList(1, 1000)) {
            assertEquals(
                    user.getId() % 2 == 0 ? Set.of("clerk") : Set.of("admin", "clerk", "guest"), names(user.roles()));
        }
        assertEquals(Set.of(), stored(first));
    }

    @Test
    void theLastOfTwoLinkChangesCounts() {
        assertStatements(1 + 1, session -> {
            UsersRepository.ROLES.set(session, ann, List.of(guest));
            UsersRepository.ROLES.set(session, users.in(session).get(ann.getId()), List.of(admin, clerk));
        });
        assertEquals(Set.of("admin", "clerk"), stored(ann));
    }

    @Test
    void aRowPassedTwiceIsLinkedOnce() {
        var same = roles.get(guest.getId());
        assertStatements(2, session -> UsersRepository.ROLES.set(session, bob, List.of(guest, guest, same)));
        assertEquals(Set.of("guest"), stored(bob));
    }

    @Test
    void theLoadedRowsAreTheOnesThatWereSet() {
        assertStatements(5, session -> {
            var loaded = users.in(session)
                    .where(USERS.ID.eq(ann.getId()))
                    .with(UsersRepository.ROLES)
                    .one();
            UsersRepository.ROLES.set(session, loaded, List.of(guest));
            assertSame(guest, loaded.roles().getFirst());
            UsersRepository.ROLES.set(session, bob, List.of());
        });
        assertThrows(NotLoaded.class, bob::roles);
    }

    @Test
    void flushWritesLinksToo() {
        assertStatements(SAVEPOINT + 2 + 1, session -> {
            UsersRepository.ROLES.set(session, bob, List.of(guest));
            session.flush();
            assertEquals(
                    1,
                    links.in(session).where(USER_ROLES.USER_ID.eq(bob.getId())).count());
        });
    }

    @Test
    void aRollbackLeavesNothingBehind() {
        users.load(List.of(ann), UsersRepository.ROLES);
        var cid = new UsersRecord().setName("Cid");
        assertStatementsOfRollback(SAVEPOINT + 4, ForcedRollback.class, session -> {
            UsersRepository.ROLES.set(session, ann, List.of(guest));
            UsersRepository.ROLES.set(session, cid, List.of(guest));
            session.flush();
            UsersRepository.ROLES.set(session, ann, List.of());
            throw new ForcedRollback();
        });
        assertEquals(Set.of("admin", "clerk"), names(ann.roles()));
        assertThrows(NotLoaded.class, cid::roles);
        assertEquals(Set.of("admin", "clerk"), stored(ann));
    }

    @Test
    void aSavepointThatIsRolledBackUndoesItsLinkChanges() {
        users.load(List.of(ann), UsersRepository.ROLES);
        assertStatements(2 + SAVEPOINT * 2 + ROLLBACK_TO_SAVEPOINT, session -> {
            UsersRepository.ROLES.set(session, ann, List.of(admin));
            assertThrows(
                    ForcedRollback.class,
                    () -> session.nested(part -> {
                        UsersRepository.ROLES.set(session, ann, List.of(guest));
                        throw new ForcedRollback();
                    }));
            assertEquals(Set.of("admin"), names(ann.roles()));
        });
        assertEquals(Set.of("admin"), stored(ann));
    }

    @Test
    void aFailedFlushKeepsTheLinkChanges() {
        assertStatements(SAVEPOINT + 1 + ROLLBACK_TO_SAVEPOINT + 1 + 2, session -> {
            var cook = new RolesRecord().setName("admin");
            UsersRepository.ROLES.set(session, bob, List.of(cook, guest));
            assertThrows(UniqueViolation.class, session::flush);
            cook.setName("cook");
        });
        assertEquals(Set.of("cook", "guest"), stored(bob));
    }

    @Test
    void aRoleIsDeletedAfterTheLinksToIt() {
        assertStatements(4, session -> {
            var tracked = roles.in(session).get(admin.getId());
            session.delete(tracked);
            UsersRepository.ROLES.set(session, ann, List.of(clerk));
        });
        assertEquals(2, roles.all().count());
        assertEquals(Set.of("clerk"), stored(ann));
    }

    @Test
    void aRecordThatIsNotInsertedAfterAllIsNotLinked() {
        assertStatements(0, session -> {
            var cid = new UsersRecord().setName("Cid");
            UsersRepository.ROLES.set(session, cid, List.of(guest));
            session.delete(cid);
        });
        assertEquals(2, links.all().count());
    }

    @Test
    void aRecordOfALinkIsRenewedByTheNextRead() {
        assertStatements(1 + 2 * (SAVEPOINT + 2) + 1, session -> {
            var link = links.in(session).get(new UserRolesKey(ann.getId(), admin.getId()));
            UsersRepository.ROLES.set(session, ann, List.of(clerk));
            session.flush();
            UsersRepository.ROLES.set(session, ann, List.of(admin, clerk));
            session.flush();
            assertEquals(LONG_AGO, link.getGrantedAt());
            assertSame(link, links.in(session).get(new UserRolesKey(ann.getId(), admin.getId())));
            assertTrue(link.getGrantedAt().isAfter(LONG_AGO));
        });
    }

    @Test
    void aLinkToAMissingRowIsAForeignKeyViolation() {
        var gone = roles.get(guest.getId());
        roles.delete(guest.getId());
        var failure = assertStatementsOfRollback(
                3, ForeignKeyViolation.class, session -> UsersRepository.ROLES.set(session, ann, List.of(gone)));
        assertEquals("fk_user_roles_role", failure.key().getName());
        assertEquals(Set.of("admin", "clerk"), stored(ann));
    }

    @Test
    void aRowReadWithoutItsKeyIsRefused() {
        var keyless = new RolesRecord();
        keyless.setName("admin");
        keyless.touched(false);
        var failure = assertStatementsOfRollback(
                0,
                IllegalArgumentException.class,
                session -> UsersRepository.ROLES.set(session, ann, List.of(keyless)));
        assertEquals(
                "A record of roles has no value for id, by which UsersRepository.ROLES links it."
                        + " Read it with that column, or insert it first.",
                failure.getMessage());
    }

    @Test
    void aReadOnlySessionSetsNoLinks() {
        assertStatementsOfRead(
                0,
                () -> database.read(session -> assertThrows(
                        IllegalStateException.class, () -> UsersRepository.ROLES.set(session, ann, List.of()))));
        assertEquals(2, links.all().count());
    }

    @ParameterizedTest
    @EnumSource(
            value = Isolation.class,
            names = {"REPEATABLE_READ", "READ_COMMITTED"})
    void concurrentChangesOfTheSameLinksWaitForEachOther(Isolation isolation) throws Exception {
        var noRetry = TransactionOptions.standard().withRetry(RetryPolicy.never());
        var options = noRetry.withIsolation(isolation);
        var before = database.statistics().statements();
        Future<?> other;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other = database.transactionResult(options, session -> {
                UsersRepository.ROLES.set(session, bob, List.of(admin));
                session.flush();
                assertThrows(
                        TransientFailure.class,
                        () -> database.transaction(
                                noRetry,
                                second -> users.in(second)
                                        .where(USERS.ID.eq(bob.getId()))
                                        .forShare()
                                        .noWait()
                                        .one()));
                return threads.submit(() -> database.transaction(
                        options, second -> UsersRepository.ROLES.set(second, bob, List.of(guest))));
            });
        }
        other.get();
        // after the lock timeout, the server is asked whether the transaction is still open
        var taken = (BEGIN_AND_END + SAVEPOINT + 2) + (BEGIN_AND_END + 2) + (BEGIN_AND_END + 3);
        assertEquals(2 * ISOLATION + taken, database.statistics().statements() - before);
        assertEquals(Set.of("guest"), stored(bob));
    }

    @Test
    void concurrentTransactionsLinkNewRecordsWithoutADeadlock() throws Exception {
        var attempts = new ArrayList<Future<?>>();
        var noRetry = TransactionOptions.standard().withRetry(RetryPolicy.never());
        var before = database.statistics().statements();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                var user = new UsersRecord().setName("user " + i);
                attempts.add(threads.submit(() -> database.transaction(
                        noRetry, session -> UsersRepository.ROLES.set(session, user, List.of(clerk, guest)))));
            }
        }
        for (var attempt : attempts) {
            attempt.get();
        }
        assertEquals(40 * (BEGIN_AND_END + 2), database.statistics().statements() - before);
        assertEquals(2 + 80, links.all().count());
        assertEquals(3, roles.where(ROLES.ID.gt(0)).count());
    }
}
