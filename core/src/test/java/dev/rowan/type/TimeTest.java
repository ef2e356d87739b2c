package dev.rowan.type;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.rowan.Database;
import dev.rowan.internal.util.TimeLiterals;
import dev.rowan.session.OverDataSourceTest;
import dev.rowan.shop.Keys;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** No method that writes or reads a time converts it. The tests run in a JVM with the time zone of Paris. */
class TimeTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final UniqueKey<UsersRecord> EMAIL = Keys.KEY_USERS_UK_USERS_EMAIL;

    /** A time that the clocks of Paris skip. */
    private static final LocalDateTime SKIPPED = LocalDateTime.parse("2024-03-31T02:30");

    static final List<LocalDateTime> TIMES = List.of(
            LocalDateTime.parse("1969-12-31T23:59:59.123456"),
            SKIPPED,
            LocalDateTime.parse("2024-10-27T00:30"),
            LocalDateTime.parse("2024-10-27T01:30"),
            LocalDateTime.parse("2024-10-27T02:30"));

    /** Returns all methods that write a time to a column. */
    static final List<Named<BiConsumer<UsersRepository, LocalDateTime>>> WAYS = List.of(
            Named.of("insert", (users, time) -> users.insert(u -> u.setCreatedAt(time))),
            Named.of("insertAll", (users, time) -> users.insertAll(List.of(row().setCreatedAt(time)))),
            Named.of("load", (users, time) -> users.load(Stream.of(row().setCreatedAt(time)))),
            Named.of(
                    "update",
                    (users, time) -> users.update(users.insert(u -> {}).getId(), u -> u.setCreatedAt(time))),
            Named.of(
                    "updateAll",
                    (users, time) ->
                            users.updateAll(List.of(users.insert(u -> {}).setCreatedAt(time)))),
            Named.of(
                    "upsert",
                    (users, time) -> users.upsert(
                                    u -> u.setEmail(time.toString()).setCreatedAt(time))
                            .on(EMAIL)),
            Named.of(
                    "upsertAll",
                    (users, time) -> users.upsertAll(
                                    List.of(row().setEmail(time.toString()).setCreatedAt(time)))
                            .on(EMAIL)),
            Named.of(
                    "dsl, a value",
                    (users, time) -> SHOP.database()
                            .dsl()
                            .insertInto(USERS)
                            .set(USERS.CREATED_AT, time)
                            .execute()),
            Named.of("dsl, a record", (users, time) -> SHOP.database().dsl().executeInsert(row().setCreatedAt(time))),
            Named.of(
                    "dsl, inlined",
                    (users, time) -> SHOP.database()
                            .dsl()
                            .insertInto(USERS)
                            .set(USERS.CREATED_AT, DSL.inline(time, USERS.CREATED_AT))
                            .execute()),
            Named.of(
                    "a session's dsl",
                    (users, time) -> SHOP.database()
                            .transaction(session -> session.dsl()
                                    .insertInto(USERS)
                                    .set(USERS.CREATED_AT, time)
                                    .execute())));

    private final UsersRepository users = SHOP.users();

    private static UsersRecord row() {
        return new UsersRecord();
    }

    @ParameterizedTest
    @FieldSource("WAYS")
    void aTimeIsReadAsItWasWrittenByRepositoriesAndByTheDsl(BiConsumer<UsersRepository, LocalDateTime> write) {
        for (var time : TIMES) {
            write.accept(users, time);
        }

        var dsl = SHOP.database().dsl();
        assertEquals(
                TIMES,
                dsl.fetch("select cast(created_at as char) from users order by id").getValues(0, String.class).stream()
                        .map(text -> LocalDateTime.parse(text.replace(' ', 'T')))
                        .toList());
        assertEquals(TIMES, users.all().orderBy(USERS.ID).list(UsersRecord::getCreatedAt));
        assertEquals(
                TIMES, users.all().orderBy(USERS.ID).select(USERS.CREATED_AT).list(row -> row.value1()));
        assertEquals(TIMES, dsl.selectFrom(USERS).orderBy(USERS.ID).fetch(USERS.CREATED_AT));
    }

    @ParameterizedTest
    @FieldSource("TIMES")
    void conditionsDoNotConvertTimes(LocalDateTime time) {
        for (var each : TIMES) {
            users.insert(u -> u.setCreatedAt(each));
        }

        var at = USERS.CREATED_AT;
        for (var condition : List.of(
                at.eq(time),
                at.between(time, time.plusNanos(1000)),
                at.in(time, time.plusYears(100)),
                at.ge(time).and(at.lt(time.plusNanos(1000))),
                at.eq(DSL.val(time, at)),
                DSL.coalesce(at, time).eq(time),
                at.eq(DSL.inline(time, at)))) {
            assertEquals(List.of(time), read(condition), condition.toString());
        }
    }

    private static List<LocalDateTime> read(Condition condition) {
        var byDsl = SHOP.database().dsl().selectFrom(USERS).where(condition).fetch(USERS.CREATED_AT);
        assertEquals(byDsl, SHOP.users().where(condition).list(UsersRecord::getCreatedAt));
        return byDsl;
    }

    @Test
    void anExpressionOfAColumnIsReadLikeTheColumn() {
        users.insert(u -> u.setCreatedAt(SKIPPED));

        var latest = DSL.max(USERS.CREATED_AT);
        var nested = DSL.multiset(DSL.select(USERS.CREATED_AT).from(USERS));
        assertEquals(
                SKIPPED, SHOP.database().dsl().fetchValue(DSL.select(latest).from(USERS)));
        assertEquals(
                SKIPPED, SHOP.database().dsl().fetchValue(nested).getFirst().value1());
    }

    @Test
    void aTimestampColumnHoldsUtc() {
        var dsl = SHOP.database().dsl();
        dsl.execute("create table stamps (moment timestamp(6) not null)");
        var moment = DSL.field("moment", SQLDataType.LOCALDATETIME(6).asConvertedDataType(new LocalDateTimeBinding()));
        var times = TIMES.subList(1, TIMES.size()); // a TIMESTAMP begins in 1970
        for (var time : times) {
            dsl.insertInto(DSL.table("stamps"), moment).values(time).execute();
        }

        assertEquals(times, dsl.select(moment).from("stamps").orderBy(moment).fetch(moment));
        assertEquals(
                times.stream().map(time -> time.toEpochSecond(ZoneOffset.UTC)).toList(),
                dsl.resultQuery("select cast(unix_timestamp(moment) as signed) from stamps order by moment")
                        .fetch(0, Long.class));
    }

    /** jOOQ reads it through a Timestamp: correct except for the hours that the clocks of Paris skip. */
    @Test
    void aTimeWithoutAColumnIsNotConvertedInTheDsl() {
        assertNotEquals(SKIPPED, Timestamp.valueOf(SKIPPED).toLocalDateTime());
        for (var time : TIMES) {
            if (time.equals(SKIPPED)) {
                continue;
            }
            var text = TimeLiterals.of(time);
            var dsl = SHOP.database().dsl();
            assertEquals(1, dsl.fetchValue(DSL.field("{0} = {1}", Integer.class, DSL.val(time), DSL.inline(text))));
            assertEquals(time, dsl.fetchValue(DSL.field("timestamp {0}", LocalDateTime.class, DSL.inline(text))));
        }
    }

    @Test
    void timesAreNotConvertedOverADataSource() {
        for (var preserved : List.of("true", "false")) {
            var settings = new HashMap<>(OverDataSourceTest.SETTINGS);
            settings.put("preserveInstants", preserved);
            try (var pool = OverDataSourceTest.pool(SHOP.options(), settings, 1);
                    var database = Database.over(pool)) {
                var id = new UsersRepository(database)
                        .insert(u -> u.setCreatedAt(SKIPPED))
                        .getId();
                var read = database.dsl().fetchSingle(USERS, USERS.ID.eq(id));
                assertEquals(SKIPPED, read.getCreatedAt());
                database.dsl().executeUpdate(read.setUpdatedAt(SKIPPED));
                assertEquals(SKIPPED, users.get(id).getUpdatedAt());
            }
        }
    }
}
