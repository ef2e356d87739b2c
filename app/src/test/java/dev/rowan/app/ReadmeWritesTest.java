package dev.rowan.app;

import static dev.rowan.app.schema.Keys.KEY_USERS_UK_USERS_EMAIL;
import static dev.rowan.app.schema.Tables.ORDERS;
import static dev.rowan.app.schema.Tables.USERS;
import static org.jooq.impl.DSL.noCondition;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.app.schema.enums.UsersStatus;
import dev.rowan.app.schema.repositories.OrdersRepository;
import dev.rowan.app.schema.tables.records.UsersRecord;
import dev.rowan.error.CheckViolation;
import dev.rowan.error.ConstraintViolation;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.NotNullViolation;
import dev.rowan.error.StaleRecord;
import dev.rowan.error.UniqueViolation;
import dev.rowan.result.LoadResult;
import dev.rowan.result.UpsertCounts;
import dev.rowan.result.UpsertResult;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compiles and runs the Java of the README, {@code docs/queries.md} and other pages that writes. */
final class ReadmeWritesTest extends ReadmeTest {

    @Test
    void insert() {
        // README: insert
        UsersRecord ann = users.insert(u -> u.setName("Ann").setEmail("ann@example.org")); // fills in the id
        UsersRecord bob = users.insertAndGet(u -> u.setName("Bob")); // reads the defaults too
        // end

        assertEquals("ann@example.org", users.get(ann.getId()).getEmail());
        assertNotNull(bob.getCreatedAt());
    }

    @Test
    void update() {
        var ann = people().getFirst();

        // README: update
        boolean found = users.update(ann.getId(), u -> u.setAge(32));
        users.where(USERS.STATUS.eq(UsersStatus.CLOSED)).update(u -> u.setEmail(null));
        users.where(USERS.NAME.eq("Bob")).update(u -> u.set(USERS.AGE, USERS.AGE.plus(1)));
        boolean deleted = users.delete(ann.getId());
        // end

        assertTrue(found);
        assertTrue(deleted);
        assertEquals(
                List.of(18, 45),
                users.all().orderBy(USERS.ID).list().stream()
                        .map(UsersRecord::getAge)
                        .toList());
        assertThrows(
                IllegalStateException.class, () -> users.where(noCondition()).delete());
    }

    @Test
    void save() {
        people();

        // README: save
        UsersRecord ann = users.findByEmail("ann@example.org").orElseThrow();
        ann.setAge(32);
        users.save(ann); // StaleRecord if the row was changed or deleted since it was read
        // end

        assertEquals(32, users.get(ann.getId()).getAge());
        users.update(ann.getId(), u -> u.setAge(33));
        assertThrows(StaleRecord.class, () -> users.save(ann.setAge(34)));
    }

    @Test
    void upsert() {
        people();

        // README: upsert
        UpsertResult<UsersRecord> ann =
                users.upsert(u -> u.setEmail("ann@example.org").setAge(32)).on(KEY_USERS_UK_USERS_EMAIL);
        // end

        assertEquals(UpsertResult.Outcome.UPDATED, ann.outcome());
        assertEquals(32, users.get(ann.record().getId()).getAge());
    }

    @Test
    void many() {
        people();
        var records = List.of(new UsersRecord().setName("Dan"), new UsersRecord().setName("Eve"));
        var imported = List.of(new UsersRecord().setEmail("ann@example.org").setName("Anna"));
        var lines = Stream.of("Fay", "Gus");

        // README: many
        List<UsersRecord> saved = users.insertAll(records); // fills in the ids
        saved.forEach(u -> u.setStatus(UsersStatus.SUSPENDED));
        users.updateAll(saved); // likewise saveAll and deleteAll
        UpsertCounts counts = users.upsertAll(imported).on(KEY_USERS_UK_USERS_EMAIL); // inserted, updated, unchanged
        LoadResult loaded = users.load(lines.map(line -> new UsersRecord().setName(line)));
        // end

        assertEquals(new UpsertCounts(0, 1, 0), counts);
        assertEquals(2, loaded.rows());
        assertEquals(
                List.of("Anna", "Bob", "Cleo", "Dan", "Eve", "Fay", "Gus"),
                users.all().orderBy(USERS.NAME).list(UsersRecord::getName));
        assertEquals(
                List.of("Dan", "Eve"),
                users.where(USERS.STATUS.eq(UsersStatus.SUSPENDED))
                        .orderBy(USERS.NAME)
                        .list(UsersRecord::getName));
    }

    @Test
    void violation() {
        people();

        // README: violation
        var taken = new ArrayList<String>();
        try {
            users.insert(u -> u.setName("Eve").setEmail("ann@example.org"));
        } catch (UniqueViolation violation) {
            if (violation.key().equals(KEY_USERS_UK_USERS_EMAIL)) {
                taken.add("This email is taken.");
            }
        }
        // end

        assertEquals(List.of("This email is taken."), taken);
    }

    @Test
    void everyViolation() {
        people();
        var email = "ann@example.org";
        var refused = new ArrayList<String>();

        // README: violations
        try {
            users.insert(u -> u.setName("Eve").setEmail(email));
        } catch (ConstraintViolation violation) {
            switch (violation) {
                case UniqueViolation v ->
                    refused.add(v.key().equals(KEY_USERS_UK_USERS_EMAIL) ? "email taken" : "taken");
                case ForeignKeyViolation v -> refused.add("unknown " + v.key().getFields());
                case CheckViolation v -> refused.add(v.name());
                case NotNullViolation v -> refused.add(v.field().getName() + " missing");
            }
        }
        // end

        assertEquals(List.of("email taken"), refused);
    }

    @Test
    void largeValues() throws IOException {
        var ann = people().getFirst();
        var orders = new OrdersRepository(database);
        var order = orders.insert(o -> o.setUserId(ann.getId()));
        var out = new StringWriter();
        var reader = new StringReader("one\ntwo");

        // README: large values
        boolean written = orders.writeText(order.getId(), ORDERS.NOTE, reader); // false if there is no such row
        Optional<Long> length = orders.readText(order.getId(), ORDERS.NOTE, note -> note.transferTo(out));
        // end

        assertTrue(written);
        assertEquals(Optional.of(7L), length);
        assertEquals("one\ntwo", out.toString());
    }
}
