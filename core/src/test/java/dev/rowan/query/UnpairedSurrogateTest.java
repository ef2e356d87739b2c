package dev.rowan.query;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.error.InvalidValue;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.ShopDatabase;
import java.util.List;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** The driver sends half a character as a question mark, which would find a row that has one. */
class UnpairedSurrogateTest {

    private static final String HALF_A_FOX = "\ud83e";

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();

    @BeforeEach
    void questionMark() {
        users.insert(u -> u.setName("?"));
    }

    @Test
    void aConditionOrAnExpressionWithHalfACharacterIsRefused() {
        var dsl = SHOP.database().dsl();
        for (var call : List.<Executable>of(
                () -> users.where(USERS.NAME.eq(HALF_A_FOX)).list(),
                () -> users.where(USERS.NAME.in("a", HALF_A_FOX)).count(),
                () -> users.where(USERS.NAME.like(HALF_A_FOX)).delete(),
                () -> users.findByEmail(HALF_A_FOX),
                () -> users.where(USERS.ID.gt(0)).update(u -> u.set(USERS.NAME, DSL.concat(USERS.NAME, HALF_A_FOX))),
                () -> dsl.selectFrom(USERS).where(USERS.NAME.eq(HALF_A_FOX)).fetch(),
                () -> dsl.selectFrom(USERS)
                        .where(USERS.NAME.eq(DSL.inline(HALF_A_FOX)))
                        .fetch(),
                () -> dsl.update(USERS).set(USERS.NAME, HALF_A_FOX).execute(),
                () -> SHOP.database()
                        .transaction(session -> session.dsl()
                                .deleteFrom(USERS)
                                .where(USERS.NAME.eq(HALF_A_FOX))
                                .execute()))) {
            assertThrows(InvalidValue.class, call);
        }
        assertEquals("?", users.all().one().getName());
    }

    @Test
    void aWholeCharacterIsNot() {
        assertEquals(0, users.where(USERS.NAME.eq("\ud83e\udd8a")).count());
    }
}
