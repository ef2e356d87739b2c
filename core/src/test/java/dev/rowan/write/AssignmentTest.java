package dev.rowan.write;

import static dev.rowan.shop.Tables.USERS;
import static org.jooq.impl.DSL.val;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The expressions of an update see the row as it was before, whatever the order in which columns are assigned. */
class AssignmentTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();

    @Test
    void anExpressionSeesTheRowAsItWasBefore() {
        for (var patch : List.<Consumer<UsersRecord>>of(
                u -> {
                    u.set(USERS.NAME, USERS.EMAIL);
                    u.setEmail("new@example.org");
                },
                u -> {
                    u.set(USERS.NAME, USERS.EMAIL);
                    u.set(USERS.EMAIL, USERS.EMAIL.concat(""));
                    u.set(USERS.AGE, USERS.AGE.plus(1));
                },
                u -> {
                    u.set(USERS.EMAIL, USERS.NAME);
                    u.setName("old@example.org");
                },
                u -> {
                    u.set(USERS.EMAIL, USERS.NAME.concat("!"));
                    u.set(USERS.NAME, val("old@example.org"));
                })) {
            users.all().delete();
            var id = users.insert(
                            u -> u.setName("Ann").setEmail("old@example.org").setAge(31))
                    .getId();
            users.update(id, patch);
            assertEquals("old@example.org", users.get(id).getName());
            users.where(USERS.ID.eq(id)).update(u -> u.setName("Ann").setEmail("old@example.org"));
            users.where(USERS.ID.eq(id)).update(patch);
            assertEquals("old@example.org", users.get(id).getName());
        }
    }

    @Test
    void columnsThatAreSetFromEachOtherAreRefused() {
        var id = users.insert(u -> u.setName("Ann").setEmail("ann@example.org")).getId();

        var error = assertThrows(
                IllegalArgumentException.class,
                () -> users.update(id, u -> {
                    u.set(USERS.NAME, USERS.EMAIL);
                    u.set(USERS.EMAIL, USERS.NAME);
                }));
        assertEquals(
                "This update sets users.name, users.email from each other's values, but MySQL assigns one after the other."
                        + " Read the row, and write the values.",
                error.getMessage());
        assertEquals("Ann", users.get(id).getName());
    }
}
