package dev.rowan.relation;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.ToMany;
import dev.rowan.ToOne;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoUsersTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A relation of a table to itself is loaded to any depth: Ann invited Bob, who invited Cid and Dan; Dan invited Eve.
 */
class RecursiveRelationTest extends TwoUsersTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final ToMany<UsersRecord, UsersRecord> INVITED = ToMany.recursive(UsersRepository.USERS_BY_INVITER);

    RecursiveRelationTest() {
        super(SHOP);
    }

    @BeforeEach
    void invite() {
        users.update(bob.getId(), u -> u.setInviterId(ann.getId()));
        users.insert(u -> u.setName("Cid").setInviterId(bob.getId()));
        var dan = users.insert(u -> u.setName("Dan").setInviterId(bob.getId()));
        users.insert(u -> u.setName("Eve").setInviterId(dan.getId()));
    }

    private static String tree(UsersRecord user) {
        var names = new ArrayList<String>();
        INVITED.of(user).stream().map(RecursiveRelationTest::tree).sorted().forEach(names::add);
        return user.getName() + names;
    }

    @Test
    void rowsAreLoadedLevelByLevel() {
        var root = assertStatementsOfRead(
                1 + 4, () -> users.where(USERS.ID.eq(ann.getId())).with(INVITED).one());
        assertEquals("Ann[Bob[Cid[], Dan[Eve[]]]]", tree(root));
        var read = users.get(ann.getId());
        users.load(List.of(read), INVITED);
        assertEquals("Ann[Bob[Cid[], Dan[Eve[]]]]", tree(read));
    }

    @Test
    void theRowsThatARowRefersToAreLoadedUpToTheFirst() {
        var eve = users.where(USERS.NAME.eq("Eve"))
                .with(ToOne.recursive(UsersRepository.INVITER))
                .one();
        var dan = eve.inviter().orElseThrow();
        var root = dan.inviter().orElseThrow().inviter().orElseThrow();
        assertEquals("Ann", root.getName());
        assertTrue(root.inviter().isEmpty());
    }

    @Test
    void aCircleIsLoadedOnce() {
        var eve = users.where(USERS.NAME.eq("Eve")).one();
        users.update(ann.getId(), u -> u.setInviterId(eve.getId()));
        var root = users.where(USERS.ID.eq(ann.getId())).with(INVITED).one();
        var last = INVITED.of(INVITED.of(INVITED.of(root).getFirst()).stream()
                        .filter(user -> user.getName().equals("Dan"))
                        .findFirst()
                        .orElseThrow())
                .getFirst();
        assertEquals("Eve", last.getName());
        var again = INVITED.of(last).getFirst();
        assertEquals("Ann", again.getName());
        assertEquals("Bob", INVITED.of(again).getFirst().getName());
        database.transaction(session -> {
            var own = users.in(session)
                    .where(USERS.ID.eq(ann.getId()))
                    .with(INVITED)
                    .one();
            assertSame(own, users.in(session).get(ann.getId()));
        });
    }

    @Test
    void aRecursiveRelationStaysSoWithTheSameOneBesideIt() {
        var root = users.where(USERS.ID.eq(ann.getId()))
                .with(INVITED)
                .with(UsersRepository.USERS_BY_INVITER.then(UsersRepository.ORDERS))
                .one();
        assertEquals("Ann[Bob[Cid[], Dan[Eve[]]]]", tree(root));
        assertTrue(INVITED.of(root).getFirst().orders().isEmpty());
    }

    @Test
    void aWholeTreeIsDeletedWhereItIsAskedFor() {
        database.transaction(session -> {
            INVITED.delete(session, session.add(ann));
            session.delete(ann);
        });
        assertEquals(0, users.all().count());
    }
}
