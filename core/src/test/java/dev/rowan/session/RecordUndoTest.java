package dev.rowan.session;

import static dev.rowan.shop.Keys.KEY_ROLES_UK_ROLES_NAME;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.StatementTimeout;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoAttempts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A rollback restores the records, so that a second attempt writes what the first one wrote. */
class RecordUndoTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = SHOP.database();
    private final dev.rowan.shop.repositories.UsersRepository users = SHOP.users();
    private final dev.rowan.shop.repositories.RolesRepository roles = SHOP.roles();

    @Test
    void aSecondAttemptWritesTheSameRecordsAgain() {
        var ann = users.save(new UsersRecord().setName("Ann"));
        var reader = roles.save(new RolesRecord().setName("reader"));
        var gone = users.save(new UsersRecord().setName("Gone"));
        var bob = new UsersRecord().setName("Bob");
        var many = List.of(new UsersRecord().setName("Cid"), new UsersRecord().setName("Dan"));
        var writer = new RolesRecord().setName("writer");

        TwoAttempts.run(database, session -> {
            users.in(session).save(ann.setAge(31));
            roles.in(session).save(reader.setName("Reader"));
            users.in(session).delete(gone);
            users.in(session).insert(bob);
            users.in(session).insertAll(many);
            roles.in(session).upsert(writer).on(KEY_ROLES_UK_ROLES_NAME);
            users.in(session).updateAll(List.of(ann.setName("Anna")));
        });

        assertEquals(31, users.get(ann.getId()).getAge());
        assertEquals(List.of("Anna", "Bob", "Cid", "Dan"), names());
        assertEquals("Bob", users.get(bob.getId()).getName());
        assertEquals("Dan", users.get(many.getLast().getId()).getName());
        assertEquals(
                List.of("Reader", "writer"),
                roles.all().orderBy(dev.rowan.shop.Tables.ROLES.ID).list(RolesRecord::getName));
        users.save(ann.setAge(32)); // its version equals that of the row
        assertEquals(32, users.get(ann.getId()).getAge());
    }

    @Test
    void aRollbackRestoresRecordsToTheirStateBeforeTheWrite() {
        var ann = users.save(new UsersRecord().setName("Ann"));
        var version = ann.getVersion();
        var bob = new UsersRecord().setName("Bob");

        assertThrows(
                IllegalStateException.class,
                () -> database.transaction(session -> {
                    users.in(session).save(ann.setAge(31));
                    users.in(session).save(ann.setAge(32));
                    users.in(session).save(bob);
                    throw new IllegalStateException();
                }));

        assertEquals(31, ann.getAge());
        assertEquals(version, ann.getVersion());
        assertTrue(ann.modified(USERS.AGE));
        assertNull(bob.getId());
        users.saveAll(List.of(ann, bob));
        assertEquals(31, users.get(ann.getId()).getAge());
        assertEquals(List.of("Ann", "Bob"), names());
    }

    @Test
    void theRollbackOfANestedPartRestoresItsOwnRecordsAlone() {
        var ann = new UsersRecord().setName("Ann");
        var bob = new UsersRecord().setName("Bob");

        database.transaction(session -> {
            users.in(session).save(ann);
            assertThrows(
                    IllegalStateException.class,
                    () -> session.nested(part -> {
                        users.in(part).save(bob);
                        throw new IllegalStateException();
                    }));
            users.in(session).save(bob.setAge(17));
            users.in(session).save(ann.setAge(31));
        });

        assertEquals(31, users.get(ann.getId()).getAge());
        assertEquals(17, users.get(bob.getId()).getAge());
    }

    @Test
    void aWaitForALockThatOutlastsTheTimeoutIsAStatementTimeout() {
        var ann = users.save(new UsersRecord().setName("Ann"));

        database.transaction(session -> {
            users.in(session).update(ann.getId(), u -> u.setAge(31));
            var oneSecond = TransactionOptions.standard().withTimeout(Duration.ofSeconds(1));
            assertThrows(
                    StatementTimeout.class,
                    () -> database.transaction(
                            oneSecond, other -> users.in(other).update(ann.getId(), u -> u.setAge(32))));
        });

        assertEquals(31, users.get(ann.getId()).getAge());
    }

    private List<String> names() {
        return users.all().orderBy(USERS.NAME).list(UsersRecord::getName);
    }
}
