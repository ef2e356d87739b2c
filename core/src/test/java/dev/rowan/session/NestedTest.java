package dev.rowan.session;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.Internals;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.ShopDatabase;
import java.io.IOException;
import java.util.List;
import org.jooq.Isolation;
import org.jooq.TransactionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NestedTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = SHOP.database();
    private final UsersRepository users = SHOP.users();

    @Test
    void aNestedPartThatFailsIsRolledBackAlone() {
        var failure = new IOException("no space left on the moon");
        database.transaction(session -> {
            users.in(session).insert(u -> u.setName("Ann"));
            var thrown = assertThrows(
                    IOException.class,
                    () -> session.nested(part -> {
                        users.in(part).insert(u -> u.setName("Bob"));
                        throw failure;
                    }));
            assertSame(failure, thrown);
            users.in(session).insert(u -> u.setName("Cid"));
        });
        assertEquals(List.of("Ann", "Cid"), names());
    }

    @Test
    void aNestedPartIsCommittedWithTheTransaction() {
        database.transaction(session -> {
            var bob = session.nestedResult(part -> users.in(part).insert(u -> u.setName("Bob")));
            assertEquals("Bob", users.in(session).get(bob.getId()).getName());
            assertEquals(0, users.all().count());
        });
        assertEquals(List.of("Bob"), names());
    }

    @Test
    void nestedPartsOfBothKindsCanBeNested() {
        database.transaction(session -> {
            session.nested(outer -> {
                users.in(outer).insert(u -> u.setName("Ann"));
                assertThrows(
                        IllegalStateException.class,
                        () -> outer.dsl().transaction(inner -> {
                            inner.dsl()
                                    .insertInto(USERS, USERS.NAME)
                                    .values("Bob")
                                    .execute();
                            session.nested(innermost -> users.in(innermost).insert(u -> u.setName("Cid")));
                            throw new IllegalStateException();
                        }));
                outer.dsl().transaction(inner -> {
                    assertThrows(
                            IllegalStateException.class,
                            () -> session.nested(innermost -> {
                                users.in(innermost).insert(u -> u.setName("Dan"));
                                throw new IllegalStateException();
                            }));
                    inner.dsl().insertInto(USERS, USERS.NAME).values("Eve").execute();
                });
            });
            assertThrows(
                    IllegalStateException.class,
                    () -> session.nested(outer -> {
                        session.nested(inner -> users.in(inner).insert(u -> u.setName("Fay")));
                        throw new IllegalStateException();
                    }));
            users.in(session).insert(u -> u.setName("Gus"));
        });
        assertEquals(List.of("Ann", "Eve", "Gus"), names());
    }

    @Test
    void aCallOfSeveralWritesIsAllOrNothingWithinASession() {
        database.transaction(session -> {
            users.in(session).insert(u -> u.setName("Ann"));
            assertThrows(
                    IllegalStateException.class,
                    () -> Internals.executor(session).atomically(part -> {
                        session.dsl()
                                .insertInto(USERS, USERS.NAME)
                                .values("Bob")
                                .execute();
                        throw new IllegalStateException();
                    }));
        });
        assertEquals(List.of("Ann"), names());
    }

    @Test
    void aNestedPartHasNoIsolationLevel() {
        database.transaction(session -> assertThrows(
                IllegalStateException.class, () -> session.dsl().transaction(inner -> {}, Isolation.SERIALIZABLE)));
    }

    @Test
    void aTransactionOfJooqOutsideASessionIsATransaction() {
        database.dsl().transaction(outer -> {
            outer.dsl().insertInto(USERS, USERS.NAME).values("Ann").execute();
            assertEquals(0, users.all().count());
            assertThrows(
                    IllegalStateException.class,
                    () -> outer.dsl().transaction(inner -> {
                        inner.dsl().insertInto(USERS, USERS.NAME).values("Bob").execute();
                        throw new IllegalStateException();
                    }));
        });
        assertThrows(
                IllegalStateException.class,
                () -> database.dsl().transaction(outer -> {
                    outer.dsl().insertInto(USERS, USERS.NAME).values("Cid").execute();
                    throw new IllegalStateException();
                }));
        assertEquals(List.of("Ann"), names());
    }

    @Test
    void aListenerThatFailsAfterTheCommitRollsNothingBack() {
        var rollbacks = database.statistics().rollbacks();
        var failing = database.dsl()
                .configuration()
                .deriveAppending(TransactionListener.onCommitEnd(context -> {
                    throw new ArithmeticException();
                }))
                .dsl();
        assertThrows(
                ArithmeticException.class,
                () -> failing.transaction(inner ->
                        inner.dsl().insertInto(USERS, USERS.NAME).values("Ann").execute()));
        assertEquals(List.of("Ann"), names());
        assertEquals(rollbacks, database.statistics().rollbacks());
        assertEquals(0, database.statistics().connectionsInUse());
    }

    private List<String> names() {
        return users.all().orderBy(USERS.ID).list().stream()
                .map(user -> user.getName())
                .toList();
    }
}
