package dev.rowan.relation;

import static dev.rowan.types.Tables.PERSONS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.error.NotLoaded;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.testing.StatementCountTest;
import dev.rowan.types.repositories.PersonsRepository;
import dev.rowan.types.repositories.ProfilesRepository;
import dev.rowan.types.tables.records.PersonsRecord;
import dev.rowan.types.tables.records.ProfilesRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The inverse side of a unique foreign key. */
class OneToOneTest extends StatementCountTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/relations.sql");

    private final Database database = SCHEMA.database();
    private final PersonsRepository persons = new PersonsRepository(database);
    private final ProfilesRepository profiles = new ProfilesRepository(database);

    @BeforeEach
    void rows() {
        persons.insertAll(List.of(
                new PersonsRecord().setId(1).setName("Ann"),
                new PersonsRecord().setId(2).setName("Bob")));
        profiles.insert(profile -> profile.setPersonId(1).setMotto("first"));
    }

    @Override
    public Database database() {
        return database;
    }

    @Test
    void theRowIsLoadedWithItsInverseSide() {
        var all = persons.all().with(PersonsRepository.PROFILES).list();

        var profile = all.getFirst().profiles().orElseThrow();
        assertEquals("first", profile.getMotto());
        assertSame(all.getFirst(), profile.person().orElseThrow());
        assertEquals(Optional.empty(), all.getLast().profiles());
    }

    @Test
    void theRowsOfAllRecordsTakeOneStatement() {
        var all = persons.all().list();

        assertStatements(1, session -> persons.in(session).load(all, PersonsRepository.PROFILES));
    }

    @Test
    void aRowThatWasNotLoadedIsAnError() {
        var ann = persons.get(1);

        assertThrows(NotLoaded.class, ann::profiles);
    }

    @Test
    void aRowThatIsSetIsInsertedWithTheRecord() {
        var cid = new PersonsRecord().setId(3).setName("Cid");
        var profile = new ProfilesRecord().setMotto("new");

        database.transaction(session -> {
            PersonsRepository.PROFILES.set(cid, profile);
            session.add(cid);
        });

        assertSame(profile, cid.profiles().orElseThrow());
        assertEquals(3, profiles.get(profile.getId()).getPersonId());
    }

    @Test
    void aRowThatIsSetReplacesTheLoadedOne() {
        var ann =
                persons.where(PERSONS.ID.eq(1)).with(PersonsRepository.PROFILES).one();
        var profile = new ProfilesRecord().setMotto("second");

        PersonsRepository.PROFILES.set(ann, profile);

        assertSame(profile, ann.profiles().orElseThrow());
    }
}
