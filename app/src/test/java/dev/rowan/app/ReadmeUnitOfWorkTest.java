package dev.rowan.app;

import static dev.rowan.app.schema.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.app.schema.repositories.OrdersRepository;
import dev.rowan.app.schema.repositories.RolesRepository;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.app.schema.tables.records.OrderItemsRecord;
import dev.rowan.app.schema.tables.records.OrdersRecord;
import dev.rowan.app.schema.tables.records.RolesRecord;
import dev.rowan.app.schema.tables.records.UsersRecord;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.StaleRecord;
import dev.rowan.error.UniqueViolation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/**
 * Compiles and runs the Java of the README and {@code docs/unit-of-work.md} about the unit of work. The beginning and
 * the end of a transaction count as two statements.
 */
final class ReadmeUnitOfWorkTest extends ReadmeTest {

    @Test
    void unitOfWork() {
        var id = people().getFirst().getId();
        var before = statements();

        // README: unit of work
        database.transaction(session -> {
            var ann = users.in(session).get(id);
            ann.setAge(32); // at the commit: UPDATE of this column only
            UsersRepository.ORDERS.add(ann, new OrdersRecord().setNote("by noon")); // at the commit: INSERT with her id
        });
        // end

        assertEquals(2 + 3, statements() - before);
        var ann = users.where(USERS.ID.eq(id)).with(UsersRepository.ORDERS).one();
        assertEquals(32, ann.getAge());
        assertEquals("by noon", ann.orders().getFirst().getNote());
    }

    @Test
    void addAndDelete() {
        people();
        var before = statements();

        // README: add and delete
        database.transaction(session -> {
            var ann = users.in(session).findByEmail("ann@example.org").orElseThrow();
            var bob = users.in(session).get(2);
            ann.setAge(32); // an UPDATE of this column; the version is checked
            session.delete(bob); // a DELETE; the version is checked
            session.add(new UsersRecord().setName("Dan")); // an INSERT
        }); // all three run here
        // end

        assertEquals(2 + 2 + 3, statements() - before);
        assertEquals(
                List.of("Ann", "Cleo", "Dan"), users.all().orderBy(USERS.NAME).list(UsersRecord::getName));
        assertEquals(32, users.get(1).getAge());
    }

    @Test
    void aRowThatChangedMeanwhileEndsInStaleRecord() {
        var id = people().getFirst().getId();

        assertThrows(
                StaleRecord.class,
                () -> database.transaction(session -> {
                    users.in(session).get(id).setAge(32);
                    session.add(new UsersRecord().setName("Dan"));
                    users.update(id, u -> u.setAge(33)); // another transaction
                }));

        assertEquals(33, users.get(id).getAge());
        assertEquals(3, users.all().count());
    }

    @Test
    void streamsProjectionsAndDslReadRecordsOfTheirOwn() {
        people();
        var before = statements();

        database.transaction(session -> {
            var inSession = users.in(session);
            inSession.all().forEach(u -> u.setAge(1));
            inSession.all().select(USERS.ID, USERS.AGE).list().forEach(row -> row.value2(1));
            session.dsl().selectFrom(USERS).forEach(u -> u.setAge(1));
        });

        assertEquals(2 + 3, statements() - before);
        assertEquals(0, users.where(USERS.AGE.eq(1)).count());
    }

    @Test
    void flush() {
        var log = new ArrayList<String>();
        var before = statements();

        // README: flush
        database.transaction(session -> {
            var dan = session.add(new UsersRecord().setName("Dan"));
            session.flush(); // the INSERT runs now
            log.add("Dan is number " + dan.getId());
            session.refresh(dan); // reads the values that the database generated
            log.add("since " + dan.getCreatedAt());
        });
        // end

        assertEquals(2 + 2 + 1, statements() - before);
        var dan = users.all().one();
        assertEquals(List.of("Dan is number " + dan.getId(), "since " + dan.getCreatedAt()), log);
    }

    @Test
    void autoFlush() {
        people();
        var found = new ArrayList<Long>();
        var without = new ArrayList<Long>();
        var before = statements();

        // README: autoflush
        database.transaction(TransactionOptions.standard().withAutoFlush(), session -> {
            var inSession = users.in(session);
            inSession.all().list().forEach(u -> u.setAge(20));
            found.add(inSession.where(USERS.AGE.eq(20)).count()); // 3, or 0 without withAutoFlush()
        });
        // end

        assertEquals(2 + 1 + 2 + 1, statements() - before);
        database.transaction(session -> {
            var inSession = users.in(session);
            inSession.all().list().forEach(u -> u.setAge(21));
            without.add(inSession.where(USERS.AGE.eq(21)).count());
        });
        assertEquals(List.of(3L), found);
        assertEquals(List.of(0L), without);
        assertEquals(3, users.where(USERS.AGE.eq(21)).count());
    }

    @Test
    void graph() {
        var cleo = people().getLast();
        var products = List.of("tea", "jam", "bread");
        var price = new BigDecimal("2.50");
        var before = statements();

        // README: graph
        database.transaction(session -> {
            for (var name : List.of("Dan", "Eve")) {
                var user = session.add(new UsersRecord().setName(name));
                for (var product : products) {
                    var order = new OrdersRecord();
                    UsersRepository.ORDERS.add(user, order); // connects both: user.orders() and order.user()
                    order.setApprover(cleo); // OrdersRepository.APPROVER.clear(order) undoes it
                    var item = new OrderItemsRecord().setLineNo(1).setProduct(product);
                    OrdersRepository.ITEMS.add(order, item.setPrice(price));
                }
            }
        }); // three INSERT statements: users, orders, items
        // end

        assertEquals(2 + 3 + 2, statements() - before); // with two that read auto_increment_increment
        var cleoAgain = users.where(USERS.ID.eq(cleo.getId()))
                .with(UsersRepository.ORDERS_BY_APPROVER.then(OrdersRepository.ITEMS))
                .one();
        assertEquals(6, cleoAgain.ordersByApprover().size());
        assertTrue(cleoAgain.ordersByApprover().stream()
                .allMatch(order -> order.items().size() == 1));
    }

    @Test
    void links() {
        var first = people().getFirst();
        var roles = new RolesRepository(database);
        var admin = roles.insert(r -> r.setName("admin"));
        var clerk = roles.insert(r -> r.setName("clerk"));
        var guest = roles.insert(r -> r.setName("guest"));
        database.transaction(session -> UsersRepository.ROLES.set(session, first, List.of(guest, clerk)));
        var before = statements();

        // README: links
        database.transaction(session -> {
            var ann = users.in(session).get(1);
            var bob = users.in(session).get(2);
            UsersRepository.ROLES.set(session, ann, List.of(clerk, admin)); // exactly these roles
            UsersRepository.ROLES.add(session, bob, guest); // one more role
        });
        // end

        assertEquals(2 + 2 + 3, statements() - before);
        var names = users.where(USERS.ID.eq(1)).with(UsersRepository.ROLES).one().roles().stream()
                .map(RolesRecord::getName)
                .sorted()
                .toList();
        assertEquals(List.of("admin", "clerk"), names);
    }

    @Test
    void circle() {
        var plan = new ArrayList<String>();

        // README: circle
        database.transaction(session -> {
            var dan = session.add(new UsersRecord().setName("Dan"));
            var eve = session.add(new UsersRecord().setName("Eve"));
            UsersRepository.INVITER.set(eve, dan);
            UsersRepository.INVITER.set(dan, eve); // two INSERT statements, then an UPDATE
            plan.add(session.plan().toString());
        });
        // end

        assertEquals(2, users.where(USERS.INVITER_ID.isNotNull()).count());
        assertEquals(List.of("""
                        1. insert users without inviter_id: 1 row
                        2. insert users: 1 row
                        3. update users inviter_id: 1 row
                        """), plan);
    }

    @Test
    void thePlanOfThePage() {
        people();
        database.transaction(session -> {
            users.in(session).findByEmail("ann@example.org").orElseThrow().setAge(32);
            session.delete(users.in(session).get(2));
            session.add(new UsersRecord().setName("Dan"));
            assertEquals("""
                    1. delete users: 1 row
                    2. insert users: 1 row
                    3. update users age: 1 row
                    """, session.plan().toString());
        });
    }

    @Test
    void deleteAlong() {
        people();
        database.transaction(session -> {
            var ann = users.in(session).get(1);
            var order = new OrdersRecord();
            UsersRepository.ORDERS.add(ann, order);
            OrdersRepository.ITEMS.add(
                    order, new OrderItemsRecord().setLineNo(1).setProduct("pen").setPrice(BigDecimal.ONE));
            UsersRepository.ROLES.set(session, ann, List.of(new RolesRecord().setName("clerk")));
        });

        // README: delete along
        database.transaction(session -> {
            var ann = users.in(session).get(1);
            UsersRepository.ORDERS.then(OrdersRepository.ITEMS).delete(session, ann); // her orders, and their items
            UsersRepository.ROLES.set(session, ann, List.of()); // her links to roles
            session.delete(ann);
        });
        // end

        assertEquals(2, users.all().count());
        assertEquals(0, new OrdersRepository(database).all().count());
    }

    @Test
    void merge() {
        people();
        var log = new ArrayList<String>();

        // README: merge
        database.transaction(session -> {
            var form = new UsersRecord().setId(1).setName("Anna").setVersion(0); // as a form sent it back
            var ann = session.merge(form);
            log.add(ann.getName() + ", " + ann.getAge());
        });
        // end

        assertEquals(List.of("Anna, 31"), log);
        assertEquals("Anna", users.get(1).getName());
        var form = new UsersRecord().setId(1).setName("Annie").setVersion(0);
        assertThrows(StaleRecord.class, () -> database.transaction(session -> session.merge(form)));
    }

    @Test
    void aValueThatAnUpdateFreesIsTakenInOneFlush() {
        people();

        database.transaction(session -> {
            session.add(new UsersRecord().setEmail("ann@example.org"));
            users.in(session).get(1).setEmail("ann2@example.org");
        });

        assertEquals(4, users.all().count());
    }

    @Test
    void past() {
        people();
        var before = statements();

        // README: past the records
        database.transaction(session -> {
            var inSession = users.in(session);
            var ann = inSession.get(1).setName("Anna");
            inSession.update(1, u -> u.set(USERS.AGE, USERS.AGE.plus(1))); // flushes her name first
            inSession.get(1); // refreshes ann, whose age is 32 now
            ann.setAge(ann.getAge() + 1);
        });
        // end

        assertEquals(2 + 5, statements() - before);
        assertEquals("Anna", users.get(1).getName());
        assertEquals(33, users.get(1).getAge());
    }

    @Test
    void aWriteByConditionLeavesRecordsStale() {
        people();

        assertThrows(
                StaleRecord.class,
                () -> database.transaction(session -> {
                    var ann = users.in(session).get(1);
                    session.dsl().execute("update users set age = 50, version = version + 1");
                    ann.setAge(32);
                }));
    }

    @Test
    void rollback() {
        people();
        var before = statements();

        // README: rollback
        var dan = new UsersRecord().setName("Dan");
        var order = new OrdersRecord().setNote("by noon");
        UsersRepository.ORDERS.add(dan, order); // building a graph needs no session
        try {
            database.transaction(session -> {
                session.add(dan);
                session.flush();
                throw new CancellationException();
            });
        } catch (CancellationException e) {
            // dan and the order are new again, without ids
        }
        database.transaction(session -> session.add(dan)); // inserts both
        // end

        assertEquals(2 + 3 + 2 + 2, statements() - before);
        assertEquals(1, users.where(USERS.NAME.eq("Dan")).count());
        assertEquals(dan.getId(), order.getUserId());
    }

    @Test
    void nested() {
        people();
        var names = new ArrayList<String>();

        // README: nested
        database.transaction(session -> {
            var ann = users.in(session).get(1).setAge(32);
            try {
                session.nested(part -> {
                    // Ann's age has been written
                    ann.setName("Anna");
                    users.in(session).get(2).setEmail("ann@example.org");
                }); // the flush runs here, and the database refuses it
            } catch (UniqueViolation taken) {
                names.add(ann.getName()); // Ann, not Anna
            }
        });
        // end

        assertEquals(List.of("Ann"), names);
        assertEquals(32, users.get(1).getAge());
        assertEquals("Ann", users.get(1).getName());
    }

    private long statements() {
        return database.statistics().statements();
    }
}
