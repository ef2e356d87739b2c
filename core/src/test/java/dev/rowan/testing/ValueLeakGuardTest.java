package dev.rowan.testing;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.error.NotFound;
import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.repositories.UsersRepository;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The canary lives where nothing leaks, and dies where something does. It is another here than the suite's. */
class ValueLeakGuardTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final String BIRD = "yellow-bird-4711";

    /** Runs something in a net. */
    private static ValueLeakRecording.Haul haul(Runnable work) throws IOException {
        var net = ValueLeakRecording.cast();
        work.run();
        return net.haul(List.of(BIRD));
    }

    @Test
    void whatTheDriverSaysOfAValueStaysWithTheDriver() throws IOException {
        var haul = haul(() -> {
            SHOP.users().insert(u -> u.setEmail(BIRD));
            assertThrows(UniqueViolation.class, () -> SHOP.users().insert(u -> u.setEmail(BIRD)));
            assertThrows(
                    UniqueViolation.class,
                    () -> SHOP.database()
                            .dsl()
                            .insertInto(USERS, USERS.EMAIL)
                            .values(BIRD)
                            .execute());
        });
        assertTrue(haul.others() >= 2, "the driver's messages hold the value, or it was never bound");
        assertEquals(List.of(), haul.leaks());
    }

    @Test
    void aTypeOfRowansThatShowsAValueIsCaughtEvenIfNobodyThrowsIt() throws IOException {
        var haul =
                haul(() -> assertFalse(new NotFound("no " + BIRD).getMessage().isEmpty()));
        assertEquals(List.of("dev.rowan.error.NotFound: no " + BIRD), haul.leaks());
    }

    @Test
    void anExceptionOfJavasThatRowanMakesIsCaught() throws IOException {
        var named = DSL.field(DSL.name(BIRD), Integer.class);
        var haul = haul(() -> assertThrows(
                IllegalArgumentException.class, () -> SHOP.users().insert(u -> u.set(named, USERS.AGE.plus(1)))));
        assertEquals(1, haul.leaks().size());
        assertTrue(haul.leaks().getFirst().startsWith("java.lang.IllegalArgumentException: users has no column"));
    }

    @Test
    void aLineOfTheLogThatShowsAValueIsCaught() throws IOException {
        var haul = haul(() -> {
            try (var open = Database.open(SHOP.options().withLoggedValues())) {
                new UsersRepository(open).insert(u -> u.setEmail(BIRD));
            }
        });
        assertEquals(1, haul.leaks().size());
        assertTrue(
                haul.leaks().getFirst().contains("insert into `users`"),
                haul.leaks().toString());
        assertEquals(
                List.of(),
                haul(() -> SHOP.users().insert(u -> u.setEmail(BIRD + "2"))).leaks());
    }

    /** In DDL, in batches of several texts, and where they are more than a statement takes. */
    @Test
    void valuesThatJooqPutsIntoATextAreNotLogged() throws IOException {
        var dsl = SHOP.database().dsl();
        var one = dsl.insertInto(USERS, USERS.EMAIL).values(BIRD);
        var two = dsl.update(USERS).set(USERS.EMAIL, BIRD + "2");
        var many = Collections.nCopies(70_000, BIRD);
        var log = new StringBuilder();
        var haul = haul(() -> log.append(LogOutput.of(() -> {
            dsl.execute("create user 'bird'@'%' identified by ?", BIRD);
            dsl.execute("drop user 'bird'@'%'");
            dsl.batch(one, two).execute();
            dsl.selectFrom(USERS).where(USERS.EMAIL.in(many)).fetch();
        })));
        assertTrue(log.toString().contains("create user 'bird'@'%' identified by ? ["), log.toString());
        assertTrue(log.toString().contains(") values (?) and 1 more ["), log.toString());
        assertFalse(log.toString().contains(BIRD), "a value is in the log");
        assertEquals(List.of(), haul.leaks());
    }
}
