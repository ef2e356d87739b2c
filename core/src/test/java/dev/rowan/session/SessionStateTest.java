package dev.rowan.session;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.config.TransactionOptions;
import dev.rowan.error.StaleRecord;
import dev.rowan.result.PendingChanges;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.LogOutput;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoUsersTest;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a session says of its records, and what it is told about them besides changes. */
class SessionStateTest extends TwoUsersTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    SessionStateTest() {
        super(SHOP);
    }

    // --- pending and plan -------------------------------------------------------------------------------------------

    @Test
    void pendingNamesTheRecordsThatTheNextFlushWrites() {
        database().transaction(session -> {
            assertTrue(session.pending().isEmpty());
            var own = users.in(session).get(ann.getId()).setAge(60);
            var other = users.in(session).get(bob.getId());
            session.delete(other);
            var cid = session.add(new UsersRecord().setName("Cid"));
            var order = new OrdersRecord().setTotal(BigDecimal.ONE);
            UsersRepository.ORDERS.add(cid, order);
            var pending = session.pending();
            assertEquals(List.of(cid, order), pending.added());
            assertEquals(List.of(own), pending.modified());
            assertEquals(List.of(other), pending.deleted());
            assertEquals("2 added, 1 modified, 1 deleted", pending.toString());
            session.flush();
            assertEquals(new PendingChanges(List.of(), List.of(), List.of()), session.pending());
        });
    }

    @Test
    void thePlanNamesTheStepsWithoutAStatementOrAValue() {
        assertStatements(2 + 6, session -> {
            users.in(session).get(ann.getId()).setAge(61).setName("secret");
            session.delete(users.in(session).get(bob.getId()));
            var cid = session.add(new UsersRecord().setName("Cid"));
            UsersRepository.INVITER.set(cid, cid);
            var role = new RolesRecord().setName("reader");
            UsersRepository.ROLES.set(session, cid, List.of(role));
            assertEquals("""
                    1. delete users: 1 row
                    2. insert users without inviter_id: 1 row
                    3. insert roles: 1 row
                    4. update users age, name: 1 row
                    5. update users inviter_id: 1 row
                    6. link user_roles
                    """, session.plan().toString());
        });
        database().transaction(session -> assertTrue(session.plan().isEmpty()));
    }

    @Test
    void theLogShowsThePlanOfEachFlush() {
        var log = LogOutput.of(
                "dev.rowan.flush",
                () -> database().transaction(session -> {
                    users.in(session).get(bob.getId()).setName("secret");
                    session.flush();
                    session.flush();
                }));
        assertTrue(log.contains("A flush writes:\n1. update users name: 1 row\n"), log);
        assertEquals(1, log.split("A flush writes", -1).length - 1, log);
        assertFalse(log.contains("secret"), log);
    }

    // --- merge ------------------------------------------------------------------------------------------------------

    @Test
    void mergeCopiesAReadRecordToThatOfTheSession() {
        var form = users.get(bob.getId()).setName("Robert");
        database().transaction(session -> {
            var own = users.in(session).get(bob.getId()).setAge(62);
            assertSame(own, session.merge(form));
            assertEquals("Robert", own.getName());
            assertEquals(62, own.getAge(), "the form did not change it");
        });
    }

    @Test
    void mergeReadsTheRowThatTheSessionDoesNotHold() {
        var form = users.get(bob.getId()).setName("Robert");
        assertStatements(2, session -> {
            var own = session.merge(form);
            assertNotSame(form, own);
            assertSame(own, users.in(session).get(bob.getId()));
        });
        assertEquals("Robert", users.get(bob.getId()).getName());
    }

    @Test
    void mergeOfANewRecordWithTheKeyOfARowWritesWhatItWasGiven() {
        database()
                .transaction(session ->
                        session.merge(new UsersRecord().setId(bob.getId()).setAge(63)));
        var row = users.get(bob.getId());
        assertEquals(63, row.getAge());
        assertEquals("Bob", row.getName());
    }

    @Test
    void mergeAddsARecordThatHasNoRow() {
        database().transaction(session -> {
            var cid = new UsersRecord().setName("Cid");
            assertSame(cid, session.merge(cid));
            var dan = new UsersRecord().setId(4711).setName("Dan");
            assertSame(dan, session.merge(dan));
        });
        assertTrue(users.exists(4711));
        assertEquals(4, users.all().count());
    }

    @Test
    void mergeChecksTheVersionThatARecordHolds() {
        var read = users.get(bob.getId()).setName("old");
        users.update(bob.getId(), u -> u.setAge(64));
        database().transaction(session -> {
            assertThrows(StaleRecord.class, () -> session.merge(read));
            assertThrows(
                    StaleRecord.class,
                    () -> session.merge(new UsersRecord().setId(bob.getId()).setVersion(0)));
        });
        var gone = users.get(bob.getId());
        users.delete(bob.getId());
        database().transaction(session -> {
            assertThrows(StaleRecord.class, () -> session.merge(gone));
            assertThrows(
                    StaleRecord.class,
                    () -> session.merge(new UsersRecord().setId(bob.getId()).setVersion(0)));
        });
    }

    // --- detach -----------------------------------------------------------------------------------------------------

    @Test
    void aDetachedRecordIsNotWrittenAndMayBeAddedToAnotherSession() {
        database().transaction(session -> {
            var own = users.in(session).get(bob.getId()).setAge(65);
            session.detach(own);
            var cid = session.add(new UsersRecord().setName("Cid"));
            session.detach(cid);
            var gone = users.in(session).get(ann.getId());
            session.delete(gone);
            session.detach(gone);
            assertTrue(session.plan().isEmpty());
            assertNotSame(own, users.in(session).get(bob.getId()));
            database().transaction(other -> other.add(own));
        });
        assertEquals(65, users.get(bob.getId()).getAge());
        assertTrue(users.exists(ann.getId()));
        assertEquals(2, users.all().count());
    }

    // --- reads ------------------------------------------------------------------------------------------------------

    @Test
    void aPartWithoutAutoFlushDoesNotSeeWhatIsPending() {
        database().transaction(TransactionOptions.standard().withAutoFlush(), session -> {
            users.in(session).get(bob.getId()).setAge(66);
            session.withoutAutoFlush(
                    part -> assertFalse(users.in(part).where(USERS.AGE.eq(66)).exists()));
            assertTrue(users.in(session).where(USERS.AGE.eq(66)).exists());
        });
    }

    @Test
    void refreshForUpdateReadsTheLatestRowAndLocksIt() {
        database().transaction(session -> {
            var own = users.in(session).get(bob.getId());
            users.update(bob.getId(), u -> u.setAge(67));
            session.refreshForUpdate(own);
            assertEquals(67, own.getAge());
            own.setAge(68);
        });
        assertEquals(68, users.get(bob.getId()).getAge());
        var roles = new RolesRepository(database());
        assertFalse(roles.all().exists());
    }
}
