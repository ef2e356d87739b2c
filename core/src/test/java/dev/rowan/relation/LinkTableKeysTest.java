package dev.rowan.relation;

import static dev.rowan.types.Keys.KEY_KEEPERS_UK_KEEPERS_THING;
import static dev.rowan.types.Tables.KEEPERS;
import static dev.rowan.types.Tables.SYNONYMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.rowan.Database;
import dev.rowan.ManyToMany;
import dev.rowan.ReadManyToMany;
import dev.rowan.error.UniqueViolation;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.testing.StatementCountTest;
import dev.rowan.types.repositories.FriendshipsRepository;
import dev.rowan.types.repositories.PersonsRepository;
import dev.rowan.types.repositories.ThingsRepository;
import dev.rowan.types.tables.records.PersonsRecord;
import dev.rowan.types.tables.records.ThingsRecord;
import java.time.Year;
import java.util.List;
import org.jooq.types.ULong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Link tables whose keys are text, which the collation compares, and link tables with more required columns. */
class LinkTableKeysTest extends StatementCountTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/relations.sql");

    private final Database database = SCHEMA.database();
    private final ThingsRepository things = new ThingsRepository(database);
    private ThingsRecord ann;
    private ThingsRecord bob;
    private ThingsRecord cid;

    @BeforeEach
    void rows() {
        ann = thing(1, "ann", "a");
        bob = thing(2, "bob", "é");
        cid = thing(3, "cid", "f");
        things.insertAll(List.of(ann, bob, cid));
        link("ANN", "E");
        link("ánn", "F");
    }

    private static ThingsRecord thing(int id, String word, String code) {
        return new ThingsRecord().setId(ULong.valueOf(id)).setWord(word).setCode(code);
    }

    private void link(String word, String code) {
        database.dsl()
                .insertInto(SYNONYMS, SYNONYMS.WORD, SYNONYMS.CODE, SYNONYMS.NOTE)
                .values(word, code, "old")
                .execute();
    }

    @Override
    public Database database() {
        return database;
    }

    /** Returns the words, codes and notes of all links. */
    private String links() {
        return String.join(
                ", ",
                database.dsl()
                        .selectFrom(SYNONYMS)
                        .orderBy(SYNONYMS.WORD, SYNONYMS.CODE)
                        .fetch(link -> link.getWord() + " " + link.getCode() + " " + link.getNote()));
    }

    @Test
    void theDatabaseDecidesWhichTextsAreEqual() {
        assertStatements(4, session -> ThingsRepository.THINGS_BY_SYNONYMS_CODE.set(session, ann, List.of(ann, bob)));
        assertEquals("ann a new, ANN E old", links());

        assertStatements(2, session -> ThingsRepository.THINGS_BY_SYNONYMS_CODE.set(session, ann, List.of(ann, bob)));
        assertStatements(2, session -> ThingsRepository.THINGS_BY_SYNONYMS_CODE.set(session, ann, List.of()));
        assertEquals("", links());
    }

    @Test
    void rowsThatAreEqualOnlyByTheCollationAreLinkedOnce() {
        var same = things.get(bob.getId()).setCode("E");
        assertStatements(2, session -> ThingsRepository.THINGS_BY_SYNONYMS_CODE.set(session, cid, List.of(bob, same)));
        assertEquals(
                1, database.dsl().fetchCount(SYNONYMS, SYNONYMS.WORD.eq("cid").and(SYNONYMS.CODE.eq("é"))));
        assertEquals(3, database.dsl().fetchCount(SYNONYMS));
    }

    @Test
    void aTextThatIsEqualUnderTheCollationIsTheLinkThatExists() {
        var same = things.get(bob.getId()).setCode("E");
        assertStatements(1, session -> {
            ThingsRepository.THINGS_BY_SYNONYMS_CODE.add(session, ann, bob);
            ThingsRepository.THINGS_BY_SYNONYMS_CODE.add(session, ann, same);
            ThingsRepository.THINGS_BY_SYNONYMS_CODE.add(session, cid, bob);
        });
        assertEquals("ANN E old, ánn F old, cid é new", links());
        assertStatements(1, session -> {
            ThingsRepository.THINGS_BY_SYNONYMS_CODE.remove(session, ann, bob);
            ThingsRepository.THINGS_BY_SYNONYMS_CODE.remove(session, cid, ann);
        });
        assertEquals("ánn F old, cid é new", links());
    }

    @Test
    void aLinkThatAnotherUniqueKeyForbidsIsAUniqueViolation() {
        var persons = new PersonsRepository(database);
        var tom = new PersonsRecord().setId(1).setName("Tom");
        var tim = new PersonsRecord().setId(2).setName("Tim");
        persons.insertAll(List.of(tom, tim));
        assertStatements(1, session -> {
            PersonsRepository.THINGS_BY_KEEPERS.add(session, tom, ann);
            PersonsRepository.THINGS_BY_KEEPERS.add(session, tom, bob);
        });
        assertStatements(1, session -> {
            PersonsRepository.THINGS_BY_KEEPERS.add(session, tom, ann);
            PersonsRepository.THINGS_BY_KEEPERS.add(session, tim, cid);
        });
        var failure = assertStatementsOfRollback(3, UniqueViolation.class, session -> {
            PersonsRepository.THINGS_BY_KEEPERS.add(session, tom, ann);
            PersonsRepository.THINGS_BY_KEEPERS.add(session, tim, bob);
        });
        assertEquals(KEY_KEEPERS_UK_KEEPERS_THING, failure.key());
        assertEquals(3, database.dsl().fetchCount(KEEPERS));
    }

    @Test
    void linksThatNeedAnotherColumnAreInsertedAsRows() {
        var persons = new PersonsRepository(database);
        var both = List.of(
                new PersonsRecord().setId(1).setName("Ann"),
                new PersonsRecord().setId(2).setName("Bob"));
        persons.insertAll(both);
        ReadManyToMany<PersonsRecord, PersonsRecord> friends = PersonsRepository.PERSONS_BY_FRIENDSHIPS_FRIEND;

        new FriendshipsRepository(database)
                .insert(link -> link.setPersonId(1).setFriendId(2).setSince(Year.of(2001)));

        assertFalse(friends instanceof ManyToMany);
        persons.load(both, friends);
        assertEquals(
                List.of(2),
                friends.of(both.getFirst()).stream().map(PersonsRecord::getId).toList());
    }
}
