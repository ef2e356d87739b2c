package dev.rowan.relation;

import static dev.rowan.shop.Tables.USERS;
import static dev.rowan.shop.Tables.USER_ROLES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.NotLoaded;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UserRolesKey;
import dev.rowan.shop.repositories.UserRolesRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UserRolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ForcedRollback;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TwoUsersTest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ManyToManyAddTest extends TwoUsersTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final LocalDateTime LONG_AGO = LocalDateTime.of(2001, 2, 3, 4, 5, 6);

    private final RolesRepository roles = SHOP.roles();
    private final UserRolesRepository links = new UserRolesRepository(database);
    private RolesRecord admin;
    private RolesRecord clerk;
    private RolesRecord guest;

    ManyToManyAddTest() {
        super(SHOP);
    }

    @BeforeEach
    void insertRolesAndLinks() {
        admin = new RolesRecord().setName("admin");
        clerk = new RolesRecord().setName("clerk");
        guest = new RolesRecord().setName("guest");
        roles.insertAll(List.of(admin, clerk, guest)); // queries the maximum size of a statement, which is cached
        for (var role : List.of(admin, clerk)) {
            links.insert(l -> l.setUserId(ann.getId()).setRoleId(role.getId()).setGrantedAt(LONG_AGO));
        }
    }

    private Set<String> stored(UsersRecord user) {
        return names(users.where(USERS.ID.eq(user.getId()))
                .with(UsersRepository.ROLES)
                .one()
                .roles());
    }

    private static Set<String> names(Collection<RolesRecord> roles) {
        return new TreeSet<>(roles.stream().map(RolesRecord::getName).toList());
    }

    @Test
    void oneLinkIsAddedByOneStatement() {
        assertStatements(1, session -> {
            UsersRepository.ROLES.add(session, bob, guest);
            assertEquals("1. link user_roles\n", session.plan().toString());
        });
        assertEquals(Set.of("guest"), stored(bob));
    }

    @Test
    void oneLinkIsRemovedByOneStatement() {
        assertStatements(1, session -> {
            UsersRepository.ROLES.remove(session, ann, admin);
            assertEquals("1. unlink user_roles\n", session.plan().toString());
        });
        assertEquals(Set.of("clerk"), stored(ann));
        assertStatements(1, session -> UsersRepository.ROLES.remove(session, ann, admin));
        assertEquals(Set.of("clerk"), stored(ann));
    }

    @Test
    void aLinkThatExistsKeepsItsOtherColumns() {
        assertStatements(1, session -> {
            UsersRepository.ROLES.add(session, ann, admin);
            UsersRepository.ROLES.add(session, ann, guest);
        });
        assertEquals(Set.of("admin", "clerk", "guest"), stored(ann));
        assertEquals(2, links.where(USER_ROLES.GRANTED_AT.eq(LONG_AGO)).count());
    }

    @Test
    void allLinksOfATableAreAddedByOneStatementAndRemovedByOne() {
        assertStatements(2, session -> {
            for (var role : List.of(admin, clerk, guest)) {
                UsersRepository.ROLES.add(session, bob, role);
                RolesRepository.USERS.remove(session, role, ann);
            }
        });
        assertEquals(Set.of("admin", "clerk", "guest"), stored(bob));
        assertEquals(Set.of(), stored(ann));
    }

    @Test
    void aLinkThatIsAddedAndThenRemovedIsDeleted() {
        assertStatements(1, session -> {
            UsersRepository.ROLES.add(session, ann, admin);
            RolesRepository.USERS.remove(session, admin, ann);
            RolesRepository.USERS.remove(session, guest, bob);
            UsersRepository.ROLES.remove(session, ann, clerk);
            assertEquals("1. unlink user_roles\n", session.plan().toString());
        });
        assertEquals(Set.of(), stored(ann));
    }

    @Test
    void aLinkThatIsRemovedAndThenAddedStays() {
        assertStatements(1, session -> {
            RolesRepository.USERS.remove(session, admin, ann);
            UsersRepository.ROLES.add(session, ann, admin);
        });
        assertEquals(Set.of("admin", "clerk"), stored(ann));
        assertEquals(2, links.where(USER_ROLES.GRANTED_AT.eq(LONG_AGO)).count());
    }

    @Test
    void linksThatAreAddedAndRemovedAfterASetChangeIt() {
        assertStatements(3, session -> {
            UsersRepository.ROLES.set(session, ann, List.of(admin));
            UsersRepository.ROLES.add(session, ann, guest);
            RolesRepository.USERS.remove(session, admin, ann);
        });
        assertEquals(Set.of("guest"), stored(ann));
        assertStatements(1, session -> {
            UsersRepository.ROLES.add(session, ann, admin);
            UsersRepository.ROLES.remove(session, ann, guest);
            UsersRepository.ROLES.set(session, ann, List.of(guest));
        });
        assertEquals(Set.of("guest"), stored(ann));
    }

    @Test
    void newRowsAreInsertedBeforeTheirLinks() {
        var cid = new UsersRecord().setName("Cid");
        var cook = new RolesRecord().setName("cook");
        assertStatements(3, session -> {
            UsersRepository.ROLES.add(session, cid, cook);
            UsersRepository.ROLES.add(session, ann, cook);
            UsersRepository.ROLES.remove(session, cid, guest);
            assertEquals(List.of(cook), cid.roles());
        });
        assertEquals(Set.of("cook"), stored(cid));
        assertEquals(Set.of("admin", "clerk", "cook"), stored(ann));
    }

    @Test
    void aNewRowIsNotInsertedByRemovingItsLink() {
        assertStatements(0, session -> UsersRepository.ROLES.remove(session, new UsersRecord().setName("Cid"), guest));
        assertEquals(2, users.all().count());
    }

    @Test
    void theLoadedRowsOfBothSidesFollow() {
        users.load(List.of(ann), UsersRepository.ROLES);
        roles.load(List.of(admin, guest), RolesRepository.USERS);
        var copyOfAdmin = roles.get(admin.getId());
        assertStatementsOfRollback(SAVEPOINT + 2, ForcedRollback.class, session -> {
            UsersRepository.ROLES.add(session, ann, guest);
            UsersRepository.ROLES.add(session, ann, guest);
            UsersRepository.ROLES.add(session, bob, guest);
            UsersRepository.ROLES.remove(session, ann, copyOfAdmin);
            assertEquals(
                    List.of("clerk", "guest"),
                    ann.roles().stream().map(RolesRecord::getName).toList());
            assertEquals(List.of(ann, bob), guest.users());
            assertThrows(NotLoaded.class, bob::roles);
            session.flush();
            throw new ForcedRollback();
        });
        assertEquals(Set.of("admin", "clerk"), names(ann.roles()));
        assertEquals(List.of(), guest.users());

        assertStatements(3, session -> UsersRepository.ROLES.set(session, ann, List.of(guest)));
        assertEquals(List.of(ann), guest.users());
    }

    @Test
    void aLinkOfARowThatIsDeletedIsRefused() {
        var refused = assertStatementsOfRollback(1, IllegalStateException.class, session -> {
            var tracked = roles.in(session).get(guest.getId());
            session.delete(tracked);
            UsersRepository.ROLES.add(session, ann, tracked);
        });
        assertEquals(
                "UsersRepository.ROLES.add links a record of roles that this session deletes. Leave it out of the rows,"
                        + " or do not delete it.",
                refused.getMessage());
        assertStatements(1 + 2, session -> {
            var tracked = roles.in(session).get(admin.getId());
            UsersRepository.ROLES.add(session, ann, tracked);
            RolesRepository.USERS.remove(session, tracked, ann);
            session.delete(tracked);
        });
        assertEquals(Set.of("clerk"), stored(ann));
    }

    @Test
    void aRecordThatIsDeletedIsNotLinkedAnyMore() {
        assertStatements(1 + 2, session -> {
            var tracked = users.in(session).get(ann.getId());
            UsersRepository.ROLES.add(session, tracked, guest);
            UsersRepository.ROLES.remove(session, tracked, admin);
            session.delete(tracked);
        });
        assertEquals(0, links.all().count());
    }

    @Test
    void aRecordOfTheLinkTableIsDeletedBeforeItsLinkIsAdded() {
        assertStatements(1 + 2, session -> {
            var link = links.in(session).get(new UserRolesKey(ann.getId(), admin.getId()));
            session.delete(link);
            UsersRepository.ROLES.add(session, ann, admin);
        });
        assertEquals(Set.of("admin", "clerk"), stored(ann));
        assertEquals(1, links.where(USER_ROLES.GRANTED_AT.eq(LONG_AGO)).count());
        assertStatements(2, session -> {
            session.add(new UserRolesRecord().setUserId(bob.getId()).setRoleId(guest.getId()));
            UsersRepository.ROLES.add(session, bob, guest);
        });
        assertEquals(Set.of("guest"), stored(bob));
    }

    @Test
    void aLinkToAMissingRowIsAForeignKeyViolation() {
        var gone = roles.get(guest.getId());
        roles.delete(guest.getId());
        var failure = assertStatementsOfRollback(
                1, ForeignKeyViolation.class, session -> UsersRepository.ROLES.add(session, ann, gone));
        assertEquals("fk_user_roles_role", failure.key().getName());
    }

    @Test
    void moreLinksThanAStatementTakesAreAdded() {
        var many = IntStream.range(0, 700)
                .mapToObj(i -> new RolesRecord().setName("role " + i))
                .toList();
        roles.insertAll(many);
        assertStatements(2, session -> {
            for (var role : many) {
                UsersRepository.ROLES.add(session, ann, role);
                UsersRepository.ROLES.add(session, bob, role);
            }
        });
        assertEquals(2 + 1400, links.all().count());
        assertStatements(2, session -> {
            for (var role : many) {
                UsersRepository.ROLES.remove(session, ann, role);
                RolesRepository.USERS.remove(session, role, bob);
                RolesRepository.USERS.add(session, role, ann);
            }
        });
        assertEquals(2 + 700, links.all().count());
    }

    /** Compares random calls with a set of pairs. */
    @Test
    void theLinksAreWhatTheCallsSaid() {
        var random = new Random(7);
        var allUsers = List.of(ann, bob, SHOP.user("Cid", 33));
        var allRoles = List.of(admin, clerk, guest);
        var expected = new HashSet<List<Integer>>();
        links.all().list().forEach(link -> expected.add(List.of(link.getUserId(), link.getRoleId())));
        for (int i = 0; i < 150; i++) {
            var said = new ArrayList<String>();
            database.transaction(session -> {
                for (int calls = random.nextInt(1, 8); calls > 0; calls--) {
                    var user = allUsers.get(random.nextInt(3));
                    var role = allRoles.get(random.nextInt(3));
                    var isAdded = random.nextBoolean();
                    said.add(user.getName() + " " + role.getName() + " " + isAdded);
                    var pair = List.of(user.getId(), role.getId());
                    switch (random.nextInt(4)) {
                        case 0 -> {
                            UsersRepository.ROLES.set(session, user, isAdded ? List.of(role) : List.of());
                            expected.removeIf(link -> link.getFirst().equals(user.getId()));
                        }
                        case 1 -> {
                            RolesRepository.USERS.set(session, role, isAdded ? List.of(user) : List.of());
                            expected.removeIf(link -> link.getLast().equals(role.getId()));
                        }
                        case 2 -> {
                            if (isAdded) {
                                UsersRepository.ROLES.add(session, user, role);
                            } else {
                                UsersRepository.ROLES.remove(session, user, role);
                            }
                        }
                        default -> {
                            if (isAdded) {
                                RolesRepository.USERS.add(session, role, user);
                            } else {
                                RolesRepository.USERS.remove(session, role, user);
                            }
                        }
                    }
                    if (isAdded) {
                        expected.add(pair);
                    } else {
                        expected.remove(pair);
                    }
                }
            });
            var actual = new HashSet<>(links.all().list(link -> List.of(link.getUserId(), link.getRoleId())));
            assertEquals(expected, actual, said::toString);
        }
    }
}
