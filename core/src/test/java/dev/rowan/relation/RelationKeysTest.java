package dev.rowan.relation;

import static dev.rowan.types.Tables.FRIENDSHIPS;
import static dev.rowan.types.Tables.NOTES;
import static dev.rowan.types.Tables.PERSONS;
import static dev.rowan.types.Tables.THINGS;
import static dev.rowan.types.Tables.USES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.ToMany;
import dev.rowan.ToOne;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.testing.StatementCountTest;
import dev.rowan.types.enums.ThingsKind;
import dev.rowan.types.enums.UsesKind;
import dev.rowan.types.repositories.NotesRepository;
import dev.rowan.types.repositories.PersonsRepository;
import dev.rowan.types.repositories.ThingsRepository;
import dev.rowan.types.repositories.UsesRepository;
import dev.rowan.types.tables.records.FriendshipsRecord;
import dev.rowan.types.tables.records.NotesRecord;
import dev.rowan.types.tables.records.PersonsRecord;
import dev.rowan.types.tables.records.ThingsRecord;
import dev.rowan.types.tables.records.UsesRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jooq.types.ULong;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Relations along foreign keys of every type, including types that only the database can compare. */
class RelationKeysTest extends StatementCountTest {

    /** A foreign key in both directions, and the number of queries for more than 1,024 keys. */
    record KeyPaths(ToOne<UsesRecord, ThingsRecord> up, ToMany<ThingsRecord, UsesRecord> down, int statements) {}

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/relations.sql");

    static final List<Named<KeyPaths>> KEY_PATHS = List.of(
            paths("BIGINT UNSIGNED", UsesRepository.THING, ThingsRepository.USES, 1),
            paths("VARCHAR", UsesRepository.WORD, ThingsRepository.USES_BY_WORD, 2),
            paths("CHAR", UsesRepository.CODE, ThingsRepository.USES_BY_CODE, 2),
            paths("VARBINARY", UsesRepository.BYTES, ThingsRepository.USES_BY_BYTES, 1),
            paths("UUID", UsesRepository.UUID, ThingsRepository.USES_BY_UUID, 1),
            paths("DECIMAL", UsesRepository.AMOUNT, ThingsRepository.USES_BY_AMOUNT, 2),
            paths("DATE", UsesRepository.DAY, ThingsRepository.USES_BY_DAY, 1),
            paths("DATETIME(6)", UsesRepository.MOMENT, ThingsRepository.USES_BY_MOMENT, 2),
            paths("SMALLINT", UsesRepository.SMALL, ThingsRepository.USES_BY_SMALL, 1),
            paths("DOUBLE", UsesRepository.RATIO, ThingsRepository.USES_BY_RATIO, 2),
            paths("a pair", UsesRepository.PAIR, ThingsRepository.USES_BY_PAIR, 1),
            paths("a pair with a text", UsesRepository.DATED, ThingsRepository.USES_BY_DATED, 2));

    private static Named<KeyPaths> paths(
            String key, ToOne<UsesRecord, ThingsRecord> up, ToMany<ThingsRecord, UsesRecord> down, int statements) {
        return Named.of(key, new KeyPaths(up, down, statements));
    }

    private final Database database = SCHEMA.database();
    private final ThingsRepository things = new ThingsRepository(database);
    private final UsesRepository uses = new UsesRepository(database);

    @Override
    public Database database() {
        return database;
    }

    @ParameterizedTest
    @FieldSource("KEY_PATHS")
    void aKeyOfAnyTypeIsFollowedInBothDirections(KeyPaths paths) {
        fill(3);

        for (var thing : assertStatementsOfRead(
                2, () -> things.all().orderBy(THINGS.ID).with(paths.down()).list())) {
            assertEquals(twice(thing.getId()), ids(paths.down().of(thing)));
        }

        var above = assertStatementsOfRead(
                2, () -> uses.all().orderBy(USES.ID).with(paths.up()).list());
        for (var use : above) {
            assertEquals(
                    Optional.ofNullable(use.getThingId()), paths.up().of(use).map(ThingsRecord::getId));
        }
        assertSame(paths.up().get(above.get(1)), paths.up().get(above.get(2)), "one record for both");
    }

    /** The number of keys exceeds the length of an IN list and is not a power of two. */
    @ParameterizedTest
    @FieldSource("KEY_PATHS")
    void manyKeysOfAnyTypeAreFollowedInBothDirections(KeyPaths paths) {
        var many = 1100;
        fill(many);

        var latest = paths.down().orderBy(USES.ID.desc()).limit(1);
        for (var thing : assertStatementsOfRead(
                1 + 2 * paths.statements(),
                () -> things.all().with(paths.down()).with(latest).list())) {
            assertEquals(twice(thing.getId()), ids(paths.down().of(thing)));
            assertEquals(twice(thing.getId()).subList(1, 2), ids(latest.of(thing)));
        }

        var above = assertStatementsOfRead(
                1 + paths.statements(), () -> uses.all().with(paths.up()).list());
        assertEquals(2 * many + 1, above.size());
        for (var use : above) {
            assertEquals(
                    Optional.ofNullable(use.getThingId()), paths.up().of(use).map(ThingsRecord::getId));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024, 1025, 5000})
    void aLevelIsOneStatementForAnyNumberOfRows(int rows) {
        fill(rows);

        var read = assertStatementsOfRead(
                rows == 0 ? 1 : 3,
                () -> things.all()
                        .with(ThingsRepository.USES.then(UsesRepository.UUID))
                        .list());

        assertEquals(rows, read.size());
        for (var thing : read) {
            assertEquals(twice(thing.getId()), ids(thing.uses()));
            for (var use : thing.uses()) {
                assertEquals(thing, use.uuid().orElseThrow());
            }
        }
    }

    @Test
    void textKeysAreEqualAsTheirCollationSays() {
        things.insertAll(List.of(
                thing(1).setWord("ann").setCode("é"), thing(2).setWord("bob").setCode("f")));
        uses.insertAll(List.of(
                new UsesRecord().setWord("ANN").setCode("E"),
                new UsesRecord().setWord("Ann  ").setCode("e"),
                new UsesRecord().setWord("ánn")));

        var below = things.all()
                .orderBy(THINGS.ID)
                .with(ThingsRepository.USES_BY_WORD)
                .with(ThingsRepository.USES_BY_CODE);
        assertEquals(
                List.of(3, 0),
                assertStatementsOfRead(
                        3, () -> below.list(thing -> thing.usesByWord().size())));
        assertEquals(
                List.of(2, 0),
                assertStatementsOfRead(
                        3, () -> below.list(thing -> thing.usesByCode().size())));

        var above = uses.all().with(UsesRepository.WORD).with(UsesRepository.CODE);
        var all = assertStatementsOfRead(3, above::list);
        assertEquals(
                List.of("ann", "ann", "ann"),
                all.stream().map(use -> use.word().orElseThrow().getWord()).toList());
        assertEquals(
                1,
                all.stream()
                        .map(use -> System.identityHashCode(use.word().orElseThrow()))
                        .distinct()
                        .count());
    }

    @Test
    void theLargestNumbersAreFollowedInBothDirections() {
        var ids = LongStream.range(0, 1100)
                .mapToObj(i -> ULong.valueOf(ULong.MAX.toBigInteger().subtract(BigInteger.valueOf(i))))
                .toList();
        things.insertAll(ids.stream().map(id -> new ThingsRecord().setId(id)).toList());
        uses.insertAll(ids.stream().map(id -> new UsesRecord().setThingId(id)).toList());

        for (var some : List.of(things.all(), things.all().orderBy(THINGS.ID).limit(3))) {
            for (var thing : assertStatementsOfRead(
                    2, () -> some.with(ThingsRepository.USES).list())) {
                assertEquals(thing.getId(), thing.uses().getFirst().getThingId());
            }
        }
    }

    @Test
    void anEnumIsFollowedInBothDirections() {
        things.insertAll(List.of(thing(1).setKind(ThingsKind.a), thing(2).setKind(ThingsKind.b)));
        uses.insertAll(List.of(new UsesRecord().setKind(UsesKind.b), new UsesRecord().setKind(UsesKind.b)));

        assertEquals(
                List.of(0, 2),
                assertStatementsOfRead(
                        2,
                        () -> things.all()
                                .orderBy(THINGS.ID)
                                .with(ThingsRepository.USES_BY_KIND)
                                .list(thing -> thing.usesByKind().size())));
        assertEquals(
                List.of(ThingsKind.b, ThingsKind.b),
                assertStatementsOfRead(
                        2,
                        () -> uses.all()
                                .with(UsesRepository.KIND)
                                .list(use -> use.kind().orElseThrow().getKind())));
    }

    @Test
    void rowsWithoutAPrimaryKeyHaveRelationsToo() {
        fill(2);
        for (var text : List.of("first", "second")) {
            database.dsl()
                    .insertInto(NOTES)
                    .set(new NotesRecord().setThingId(ULong.valueOf(2)).setText(text))
                    .execute();
        }
        var notes = new NotesRepository(database);

        var up = assertStatementsOfRead(
                3,
                () -> notes.all()
                        .with(NotesRepository.THING.then(ThingsRepository.USES))
                        .list());
        assertSame(up.get(0).thing(), up.get(1).thing());
        assertEquals(2, up.get(0).thing().uses().size());

        var down = assertStatementsOfRead(
                2,
                () -> things.all()
                        .orderBy(THINGS.ID)
                        .with(ThingsRepository.NOTES)
                        .list());
        assertEquals(
                List.of(0, 2), down.stream().map(thing -> thing.notes().size()).toList());

        assertEquals(1, countStatements(() -> notes.load(up, NotesRepository.THING)));
        assertEquals(ULong.valueOf(2), up.get(1).thing().getId());
    }

    @Test
    void aTableIsLinkedToItself() {
        var persons = new PersonsRepository(database);
        persons.insertAll(IntStream.rangeClosed(1, 4)
                .mapToObj(i -> new PersonsRecord().setId(i).setName("p" + i))
                .toList());
        for (var pair : List.of(List.of(1, 2), List.of(1, 3), List.of(2, 3), List.of(4, 4))) {
            database.dsl()
                    .insertInto(FRIENDSHIPS)
                    .set(new FriendshipsRecord()
                            .setPersonId(pair.get(0))
                            .setFriendId(pair.get(1))
                            .setSince(Year.of(2000 + pair.get(1))))
                    .execute();
        }

        var friends = PersonsRepository.PERSONS_BY_FRIENDSHIPS_FRIEND;
        var read = assertStatementsOfRead(
                3,
                () -> persons.all()
                        .orderBy(PERSONS.ID)
                        .with(friends.then(friends))
                        .list());
        assertEquals(List.of(2, 3), numbers(read.get(0).personsByFriendshipsFriend()));
        assertEquals(
                List.of(3),
                numbers(read.get(0).personsByFriendshipsFriend().stream()
                        .filter(p -> p.getId() == 2)
                        .findFirst()
                        .orElseThrow()
                        .personsByFriendshipsFriend()));
        assertEquals(List.of(), numbers(read.get(2).personsByFriendshipsFriend()));
        assertEquals(List.of(4), numbers(read.get(3).personsByFriendshipsFriend()));

        // in the other direction, filtered by a column of the link table
        var known = PersonsRepository.PERSONS_BY_FRIENDSHIPS
                .where(FRIENDSHIPS.SINCE.ge(Year.of(2003)))
                .orderBy(FRIENDSHIPS.PERSON_ID.desc());
        assertEquals(1, countStatements(() -> persons.load(read, known)));
        assertEquals(
                List.of(2, 1),
                known.of(read.get(2)).stream().map(PersonsRecord::getId).toList());
        assertTrue(known.of(read.get(1)).isEmpty());
        var last = known.limit(1);
        assertEquals(1, countStatements(() -> persons.load(read, last)));
        assertEquals(List.of(2), numbers(last.of(read.get(2))));
    }

    private static List<Integer> numbers(List<PersonsRecord> persons) {
        return persons.stream().map(PersonsRecord::getId).sorted().toList();
    }

    /** Inserts things, two uses that reference each thing by all its keys, and a use without a thing. */
    private void fill(int many) {
        things.insertAll(
                IntStream.rangeClosed(1, many).mapToObj(RelationKeysTest::thing).toList());
        var all = new ArrayList<UsesRecord>();
        for (int i = 1; i <= many; i++) {
            var thing = thing(i);
            for (int n = 0; n < 2; n++) {
                all.add(new UsesRecord()
                        .setId(2 * i + n)
                        .setThingId(thing.getId())
                        .setWord(thing.getWord())
                        .setCode(thing.getCode())
                        .setBytes(thing.getBytes())
                        .setUuid(thing.getUuid())
                        .setAmount(thing.getAmount())
                        .setDay(thing.getDay())
                        .setMoment(thing.getMoment())
                        .setSmall(thing.getSmall())
                        .setRatio(thing.getRatio()));
            }
        }
        all.add(new UsesRecord().setId(1));
        uses.insertAll(all);
    }

    private static ThingsRecord thing(int i) {
        return new ThingsRecord()
                .setId(ULong.valueOf(i))
                .setWord("word " + i)
                .setCode("c" + i)
                .setBytes(new byte[] {0, (byte) (i >> 8), (byte) i, -1})
                .setUuid(new UUID(i, -i))
                .setAmount(new BigDecimal(i + ".10"))
                .setDay(LocalDate.of(1990, 1, 1).plusDays(i))
                .setMoment(LocalDateTime.of(2026, 3, 29, 2, 30).plusSeconds(i).plusNanos(1000))
                .setSmall((short) -i)
                .setRatio(i / 4.0);
    }

    private static List<Integer> twice(ULong thing) {
        return List.of(2 * thing.intValue(), 2 * thing.intValue() + 1);
    }

    private static List<Integer> ids(List<UsesRecord> uses) {
        return uses.stream().map(UsesRecord::getId).sorted().toList();
    }
}
