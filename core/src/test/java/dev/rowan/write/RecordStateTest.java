package dev.rowan.write;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.error.StaleRecord;
import dev.rowan.result.UpsertResult.Outcome;
import dev.rowan.shop.Keys;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way of writing a record, for each state of the record: no write includes less than the record was given. */
@SuppressWarnings("ImmutableEnumChecker") // the functions of its enums have no state
class RecordStateTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    @RegisterExtension
    static final ShopDatabase OTHER = new ShopDatabase();

    private static final String ANN = "ann@example.org";
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(2024, 1, 1, 0, 0);

    /** The columns that a read gives, without the id, the version, and those that the database computes. */
    private static final Set<Field<?>> ALL = Set.of(
            USERS.NAME,
            USERS.AGE,
            USERS.EMAIL,
            USERS.STATUS,
            USERS.PREFERENCES,
            USERS.NEWSLETTER,
            USERS.INVITER_ID,
            USERS.CREATED_AT,
            USERS.UPDATED_AT);

    private static final Set<Field<?>> SET = Set.of(USERS.NAME, USERS.EMAIL, USERS.NEWSLETTER);

    /** How a record came to be, and the columns that it was given. */
    enum State {
        NEW(false, SET, users -> ann()),
        NEW_WITH_NULL(false, plus(SET, USERS.AGE), users -> ann().setAge(null)),
        READ(true, ALL, users -> read(users)),
        READ_AND_MODIFIED(true, ALL, users -> read(users).setName("Anna").setStatus(UsersStatus.SUSPENDED)),
        READ_IN_A_SESSION(true, ALL, users -> SHOP.database().transactionResult(session -> read(users.in(session)))),
        INSERTED(true, SET, users -> users.insert(ann())),
        INSERTED_WITH_NULL(true, plus(SET, USERS.AGE), users -> users.insert(ann().setAge(null))),
        INSERTED_AND_READ(true, ALL, users -> users.insertAndGet(ann())),
        INSERTED_BY_THE_UNIT_OF_WORK(
                true,
                plus(SET, USERS.AGE),
                users -> SHOP.database().transactionResult(session -> session.add(ann().setAge(null)))),
        INSERTED_AMONG_OTHERS(
                true,
                SET,
                users -> users.insertAll(List.of(new UsersRecord().setAge(1), ann()))
                        .getLast()),
        UPDATED(true, plus(SET, USERS.AGE), users -> {
            var ann = users.insert(ann().setAge(31));
            users.update(ann.setAge(null));
            return ann;
        }),
        UPSERTED(
                true,
                plus(SET, USERS.AGE),
                users -> users.upsert(ann().setAge(null))
                        .on(Keys.KEY_USERS_UK_USERS_EMAIL)
                        .record()),
        COPIED(false, ALL, users -> read(users).copy()),
        COPIED_AFTER_AN_INSERT(
                false,
                Set.of(USERS.NAME, USERS.AGE, USERS.EMAIL, USERS.PREFERENCES, USERS.NEWSLETTER, USERS.INVITER_ID),
                users -> users.insert(ann()).copy()),
        DELETED(false, ALL, users -> {
            var ann = read(users);
            users.delete(ann);
            return ann;
        }),
        DELETED_AFTER_AN_INSERT(false, SET, users -> {
            var ann = users.insert(ann());
            users.delete(ann);
            return ann;
        }),
        OF_A_ROW_THAT_IS_GONE(true, ALL, users -> {
            var ann = read(users);
            users.delete(ann.getId());
            return ann;
        });

        private final boolean isStored;
        private final Set<Field<?>> given;
        private final Function<UsersRepository, UsersRecord> make;

        State(boolean isStored, Set<Field<?>> given, Function<UsersRepository, UsersRecord> make) {
            this.isStored = isStored;
            this.given = given;
            this.make = make;
        }

        private static UsersRecord ann() {
            return new UsersRecord().setName("Ann").setEmail(ANN).setNewsletter(true);
        }

        private static UsersRecord read(UsersRepository users) {
            return users.get(users.insert(ann().setStatus(UsersStatus.CLOSED).setCreatedAt(LONG_AGO))
                    .getId());
        }

        private static Set<Field<?>> plus(Set<Field<?>> fields, Field<?> field) {
            var more = new HashSet<>(fields);
            more.add(field);
            return more;
        }
    }

    /** A way of inserting a record. */
    enum Insert {
        INSERT((users, ann) -> users.insert(ann)),
        INSERT_AND_GET((users, ann) -> users.insertAndGet(ann)),
        INSERT_ALL((users, ann) -> users.insertAll(List.of(ann))),
        LOAD((users, ann) -> users.load(Stream.of(ann))),
        IN_A_SESSION((users, ann) ->
                OTHER.database().transactionResult(session -> users.in(session).insert(ann)));

        private final Call call;

        Insert(Call call) {
            this.call = call;
        }
    }

    /** A way of saving a record: an insert or an update. */
    enum Save {
        SAVE((users, ann) -> users.save(ann)),
        SAVE_ALL((users, ann) -> users.saveAll(List.of(ann))),
        ADD((users, ann) -> OTHER.database().transactionResult(session -> session.add(ann))),
        ADD_AND_FLUSH((users, ann) -> OTHER.database().transactionResult(session -> {
            session.add(ann);
            session.flush();
            return ann;
        }));

        private final Call call;

        Save(Call call) {
            this.call = call;
        }
    }

    /** A way of upserting a record. */
    enum Upsert {
        BY_EMAIL((users, ann) -> users.upsert(ann).on(Keys.KEY_USERS_UK_USERS_EMAIL)),
        ALL_BY_EMAIL((users, ann) -> {
            users.upsertAll(List.of(ann)).on(Keys.KEY_USERS_UK_USERS_EMAIL);
            return ann;
        }),
        IN_A_SESSION((users, ann) -> OTHER.database()
                .transactionResult(session -> users.in(session).upsert(ann).on(Keys.KEY_USERS_UK_USERS_EMAIL)));

        private final Call call;

        Upsert(Call call) {
            this.call = call;
        }
    }

    @FunctionalInterface
    private interface Call {
        Object write(UsersRepository users, UsersRecord record);
    }

    private final UsersRepository other = OTHER.users();

    @ParameterizedTest
    @EnumSource(State.class)
    void anInsertWritesAllThatANewRecordWasGivenAndRefusesOthers(State state) {
        for (var insert : Insert.values()) {
            var record = make(state);
            var expected = values(record, state.given);
            if (state.isStored) {
                assertThrows(IllegalArgumentException.class, () -> insert.call.write(other, record), insert::name);
                assertEquals(0, other.all().count(), insert::name);
            } else {
                insert.call.write(other, record);
                assertInserted(expected, insert.name());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void aSaveInsertsAllThatANewRecordWasGivenAndUpdatesOthers(State state) {
        for (var save : Save.values()) {
            var record = make(state);
            var expected = values(record, state.given);
            if (!state.isStored) {
                save.call.write(other, record);
                assertInserted(expected, save.name());
            } else if (record.modified()) {
                assertThrows(StaleRecord.class, () -> save.call.write(other, record), save::name);
            } else {
                save.call.write(other, record);
                assertEquals(0, other.all().count(), save::name);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void anUpsertInsertsAllThatTheRecordWasGiven(State state) {
        for (var upsert : Upsert.values()) {
            var record = make(state);
            var expected = values(record, state.given);
            upsert.call.write(other, record);
            assertInserted(expected, upsert.name());
        }
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void anUpsertUpdatesAllThatTheRecordWasGiven(State state) {
        for (var upsert : Upsert.values()) {
            var record = make(state);
            var inviter = other.insert(u -> u.setId(8_000_000).setName("Ina"));
            var stored = other.get(other.insert(u -> u.setId(7_000_000)
                            .setName("other")
                            .setAge(50)
                            .setEmail(ANN)
                            .setPreferences(JSON.json("[1]"))
                            .setInviterId(inviter.getId()))
                    .getId());
            var expected = values(stored, ALL);
            expected.putAll(values(record, state.given));
            upsert.call.write(other, record);

            var now = other.findByEmail(ANN).orElseThrow();
            if (!state.given.contains(USERS.UPDATED_AT)) {
                expected.put(USERS.UPDATED_AT, now.getUpdatedAt()); // by its ON UPDATE
            }
            assertEquals(expected, values(now, ALL), upsert::name);
            assertEquals(stored.getId(), now.getId(), upsert::name);
            assertEquals(1, now.getVersion(), upsert::name);
            other.delete(now);
            other.delete(inviter);
        }
    }

    @Test
    void anUpsertByThePrimaryKeyWritesTheKeyThatTheRecordHas() {
        var ann = make(State.READ);

        assertEquals(
                Outcome.INSERTED, other.upsert(ann).on(Keys.KEY_USERS_PRIMARY).outcome());
        assertEquals(ANN, other.get(ann.getId()).getEmail());
        assertEquals(
                Outcome.UNCHANGED, other.upsert(ann).on(Keys.KEY_USERS_PRIMARY).outcome());
        ann.setAge(32);
        assertEquals(
                Outcome.UPDATED, other.upsert(ann).on(Keys.KEY_USERS_PRIMARY).outcome());
    }

    @Test
    void aRecordThatJooqReadIsUpsertedIfItsNullsAreSet() {
        make(State.READ);
        var ann = SHOP.database().dsl().selectFrom(USERS).fetchSingle();

        assertEquals(
                "This record of users was read by dsl(), and its age is null: it is not known whether the row has NULL"
                        + " there, or the column was not read. Read the row with a repository, or set the column, also to"
                        + " null.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> other.upsert(ann).on(Keys.KEY_USERS_UK_USERS_EMAIL))
                        .getMessage());
        ann.setAge(null).setPreferences(null).setInviterId(null);
        var expected = values(ann, ALL);
        other.upsert(ann).on(Keys.KEY_USERS_UK_USERS_EMAIL);
        assertEquals(expected, values(other.all().one(), ALL));
    }

    @Test
    void theVersionOfARowThatAnUpsertFoundIsNotKnown() {
        var ann = other.insert(u -> u.setEmail(ANN));

        assertThrows(
                IllegalArgumentException.class,
                () -> other.save(other.upsert(ann.setAge(31))
                        .on(Keys.KEY_USERS_UK_USERS_EMAIL)
                        .record()
                        .setAge(32)));
        var bob = other.upsert(u -> u.setEmail("bob@example.org")).on(Keys.KEY_USERS_UK_USERS_EMAIL);
        other.save(bob.record().setAge(32));
        assertEquals(1, other.get(bob.record().getId()).getVersion());
    }

    @Test
    void aRollbackRestoresWhatARecordWasGiven() {
        var ann = make(State.NEW_WITH_NULL);
        assertThrows(
                IllegalStateException.class,
                () -> SHOP.database().transaction(session -> {
                    SHOP.users().in(session).insert(ann);
                    throw new IllegalStateException();
                }));

        var expected = values(ann, State.NEW_WITH_NULL.given);
        other.insert(ann);
        assertInserted(expected, "insert after a rollback");
    }

    private static UsersRecord make(State state) {
        SHOP.users().all().delete();
        return state.make.apply(SHOP.users());
    }

    /** Checks the only row, and deletes it. */
    private void assertInserted(Map<Field<?>, @Nullable Object> expected, String call) {
        var now = other.findByEmail(ANN).orElseThrow();
        var defaults = values(now, ALL);
        defaults.put(USERS.AGE, null);
        defaults.put(USERS.STATUS, UsersStatus.ACTIVE);
        defaults.put(USERS.PREFERENCES, null);
        defaults.put(USERS.INVITER_ID, null);
        defaults.putAll(expected);
        assertEquals(defaults, values(now, ALL), call);
        other.all().delete();
    }

    private static Map<Field<?>, @Nullable Object> values(UsersRecord record, Set<Field<?>> fields) {
        Map<Field<?>, @Nullable Object> values = new LinkedHashMap<>();
        for (var field : fields) {
            values.put(field, record.get(field));
        }
        return values;
    }
}
