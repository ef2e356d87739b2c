package dev.rowan.write;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.error.StaleRecord;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A version that is set by hand, as one that a form sent back, is the version that the row is expected to have. */
@SuppressWarnings("ImmutableEnumChecker") // the functions of its enum have no state
class ExpectedVersionTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    /** A way of writing a record that was read. */
    enum Write {
        SAVE(false, (users, ann) -> users.save(ann.setName("Anna"))),
        UPDATE(false, (users, ann) -> users.update(ann.setName("Anna"))),
        UPDATE_OF_THE_VERSION_ALONE(false, (users, ann) -> users.update(ann)),
        SAVE_ALL(false, (users, ann) -> users.saveAll(List.of(ann.setName("Anna"), bob(users)))),
        UPDATE_ALL(false, (users, ann) -> users.updateAll(List.of(ann.setName("Anna"), bob(users)))),
        UPDATE_ALL_OF_THE_VERSION_ALONE(false, (users, ann) -> users.updateAll(List.of(ann))),
        FLUSH(
                false,
                (users, ann) ->
                        SHOP.database().transaction(session -> session.add(ann).setName("Anna"))),
        FLUSH_OF_MANY(
                false,
                (users, ann) -> SHOP.database().transaction(session -> {
                    session.add(ann).setName("Anna");
                    session.add(bob(users));
                })),
        MERGE(
                false,
                (users, ann) -> SHOP.database()
                        .transactionResult(
                                session -> session.merge(ann.setName("Anna")).getId())),
        DELETE(true, (users, ann) -> users.delete(ann)),
        DELETE_ALL(true, (users, ann) -> users.deleteAll(List.of(ann, bob(users)))),
        DELETE_IN_A_SESSION(true, (users, ann) -> SHOP.database().transaction(session -> session.delete(ann))),
        DELETE_OF_MANY_IN_A_SESSION(
                true,
                (users, ann) -> SHOP.database().transaction(session -> {
                    session.delete(ann);
                    session.delete(users.in(session).get(bob(users).getId()));
                })),
        REPLACE(
                false,
                (users, ann) -> SHOP.database().transaction(session -> {
                    session.delete(ann);
                    session.add(new UsersRecord().setId(ann.getId()).setName("Anna"));
                }));

        private final boolean isDelete;
        private final BiConsumer<UsersRepository, UsersRecord> call;

        Write(boolean isDelete, BiConsumer<UsersRepository, UsersRecord> call) {
            this.isDelete = isDelete;
            this.call = call;
        }

        private static UsersRecord bob(UsersRepository users) {
            return users.get(users.insert(u -> u.setName("Bob")).getId()).setName("Rob");
        }
    }

    private final UsersRepository users = SHOP.users();

    @ParameterizedTest
    @EnumSource(Write.class)
    void anotherVersionThanThatOfTheRowIsStale(Write write) {
        var ann = annWithVersion(2);
        ann.setVersion(1);

        assertThrows(StaleRecord.class, () -> write.call.accept(users, ann));
        var row = users.get(ann.getId());
        assertEquals("Ann", row.getName());
        assertEquals(2, row.getVersion());
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void theVersionOfTheRowIsAcceptedThoughTheRecordWasReadWithAnother(Write write) {
        var ann = annWithVersion(1);
        users.update(ann.getId(), u -> u.setAge(32));
        ann.setVersion(2);

        write.call.accept(users, ann);

        var row = users.find(ann.getId());
        assertEquals(write.isDelete, row.isEmpty());
        row.ifPresent(anna -> assertEquals(3, anna.getVersion()));
    }

    @Test
    void aWrittenRecordHasTheNextVersion() {
        var ann = annWithVersion(1);
        users.update(ann.getId(), u -> u.setAge(32));

        users.save(ann.setVersion(2).setName("Anna"));
        assertEquals(3, ann.getVersion());
        users.save(ann.setName("Ann"));
        assertEquals(4, users.get(ann.getId()).getVersion());
    }

    @Test
    void aVersionThatIsSetToNullIsRefused() {
        var ann = annWithVersion(1);
        ann.setVersion(null);

        for (var write : List.<Runnable>of(
                () -> users.save(ann.setName("Anna")),
                () -> users.delete(ann),
                () -> users.updateAll(List.of(ann)),
                () -> users.deleteAll(List.of(ann)),
                () -> SHOP.database().transaction(session -> session.delete(ann)))) {
            assertThrows(IllegalArgumentException.class, write::run);
        }
        assertTrue(users.exists(ann.getId()));
    }

    @Test
    void aRecordThatWasReadWithoutItsVersionIsWrittenWithTheOneThatIsSet() {
        var id = annWithVersion(2).getId();
        var form = SHOP.database()
                .dsl()
                .fetchOptional("select id, name from users")
                .orElseThrow();
        var ann = form.into(USERS);

        assertThrows(StaleRecord.class, () -> users.save(ann.setName("Anna").setVersion(1)));
        users.save(ann.setVersion(2));
        assertEquals(3, users.get(id).getVersion());
    }

    private UsersRecord annWithVersion(int version) {
        var id = users.insert(u -> u.setName("Ann")).getId();
        for (int i = 0; i < version; i++) {
            users.update(id, u -> u.set(USERS.AGE, 31));
        }
        return users.get(id);
    }
}
