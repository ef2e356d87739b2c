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

/**
 * The recording finds a bound value in Rowan's texts. The value is not one that the guard of this class searches for.
 */
class ValueLeakGuardTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final String VALUE = "bound-value-4711";

    /** Returns the texts in which the work shows the value. */
    private static ValueLeakRecording.Result record(Runnable work) throws IOException {
        var recording = ValueLeakRecording.start();
        work.run();
        return recording.stop(List.of(VALUE));
    }

    @Test
    void aValueInTheDriversMessageIsNotShownByRowan() throws IOException {
        var result = record(() -> {
            SHOP.users().insert(u -> u.setEmail(VALUE));
            assertThrows(UniqueViolation.class, () -> SHOP.users().insert(u -> u.setEmail(VALUE)));
            assertThrows(
                    UniqueViolation.class,
                    () -> SHOP.database()
                            .dsl()
                            .insertInto(USERS, USERS.EMAIL)
                            .values(VALUE)
                            .execute());
        });
        assertTrue(result.others() >= 2, "the driver's messages hold the value, or it was never bound");
        assertEquals(List.of(), result.leaks());
    }

    @Test
    void anExceptionOfRowanIsFoundThoughItIsNotThrown() throws IOException {
        var result = record(
                () -> assertFalse(new NotFound("no " + VALUE).getMessage().isEmpty()));
        assertEquals(List.of("dev.rowan.error.NotFound: no " + VALUE), result.leaks());
    }

    @Test
    void anExceptionOfJavaThatRowanCreatesIsFound() throws IOException {
        var named = DSL.field(DSL.name(VALUE), Integer.class);
        var result = record(() -> assertThrows(
                IllegalArgumentException.class, () -> SHOP.users().insert(u -> u.set(named, USERS.AGE.plus(1)))));
        assertEquals(1, result.leaks().size());
        assertTrue(result.leaks().getFirst().startsWith("java.lang.IllegalArgumentException: users has no column"));
    }

    @Test
    void aLineOfTheLogIsFound() throws IOException {
        var result = record(() -> {
            try (var open = Database.open(SHOP.options().withLoggedValues())) {
                new UsersRepository(open).insert(u -> u.setEmail(VALUE));
            }
        });
        assertEquals(1, result.leaks().size());
        assertTrue(
                result.leaks().getFirst().contains("insert into `users`"),
                result.leaks().toString());
        assertEquals(
                List.of(),
                record(() -> SHOP.users().insert(u -> u.setEmail(VALUE + "2"))).leaks());
    }

    /** jOOQ inlines the values of DDL, of batches of several texts, and of statements with too many of them. */
    @Test
    void valuesThatJooqInlinesAreNotLogged() throws IOException {
        var dsl = SHOP.database().dsl();
        var one = dsl.insertInto(USERS, USERS.EMAIL).values(VALUE);
        var two = dsl.update(USERS).set(USERS.EMAIL, VALUE + "2");
        var many = Collections.nCopies(70_000, VALUE);
        var log = new StringBuilder();
        var result = record(() -> log.append(LogOutput.of(() -> {
            dsl.execute("create user 'value_leak'@'%' identified by ?", VALUE);
            dsl.execute("drop user 'value_leak'@'%'");
            dsl.batch(one, two).execute();
            dsl.selectFrom(USERS).where(USERS.EMAIL.in(many)).fetch();
        })));
        assertTrue(log.toString().contains("create user 'value_leak'@'%' identified by ? ["), log.toString());
        assertTrue(log.toString().contains(") values (?) and 1 more ["), log.toString());
        assertFalse(log.toString().contains(VALUE), "a value is in the log");
        assertEquals(List.of(), result.leaks());
    }
}
