package dev.rowan;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.error.CheckViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.NotNullViolation;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.Keys;
import dev.rowan.shop.repositories.UsersRepository;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jooq.JSON;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

class ViolationTest {

    @RegisterExtension
    static final Shop SHOP = new Shop();

    /** A value that stands in rows, and must stand in no message and no stack trace. */
    private static final String CANARY = "canary@example.org";

    private final UsersRepository users = SHOP.users();

    @Test
    void aDuplicateEmailIsAUniqueViolationOfItsKey() {
        users.insert(u -> u.setEmail(CANARY));

        var violation = thrown(UniqueViolation.class, () -> users.insert(u -> u.setEmail(CANARY)));
        assertEquals(Keys.KEY_USERS_UK_USERS_EMAIL, violation.key());
        assertEquals(
                "insert into users: another row has the same email (unique key uk_users_email)."
                        + " Choose another value, or update that row.",
                violation.getMessage());
    }

    @Test
    void aDuplicatePrimaryKeyIsAUniqueViolationOfIt() {
        users.insert(u -> u.setId(4711));

        var violation = thrown(UniqueViolation.class, () -> users.insert(u -> u.setId(4711)));
        assertEquals(Keys.KEY_USERS_PRIMARY, violation.key());
    }

    @Test
    void updatesAreTypedAsInsertsAre() {
        users.insert(u -> u.setEmail(CANARY));
        var ann = SHOP.user("Ann", 31);

        var byKey = thrown(UniqueViolation.class, () -> users.update(ann.getId(), u -> u.setEmail(CANARY)));
        assertEquals(Keys.KEY_USERS_UK_USERS_EMAIL, byKey.key());
        var byCondition = thrown(
                UniqueViolation.class,
                () -> users.where(USERS.ID.eq(ann.getId())).update(u -> u.setEmail(CANARY)));
        assertEquals(Keys.KEY_USERS_UK_USERS_EMAIL, byCondition.key());
    }

    @Test
    void aReferenceToNoRowIsAForeignKeyViolation() {
        var violation = thrown(ForeignKeyViolation.class, () -> SHOP.orders().insert(o -> o.setUserId(-1)));
        assertEquals(Keys.FK_ORDERS_USER, violation.key());
        assertEquals(
                "insert into orders: the row refers to one that is not there (foreign key fk_orders_user)."
                        + " Write the row it refers to first.",
                violation.getMessage());
    }

    @Test
    void theDeleteOfARowInUseIsAForeignKeyViolationOfTheKeyThatUsesIt() {
        var ann = SHOP.user("Ann", 31);
        var bob = SHOP.user("Bob", 31);
        SHOP.orders().insert(o -> o.setUserId(ann.getId()).setApproverId(bob.getId()));

        var violation = thrown(ForeignKeyViolation.class, () -> users.delete(bob.getId()));
        assertEquals(Keys.FK_ORDERS_APPROVER, violation.key());
        assertEquals(
                "delete from users: other rows still refer to this one (foreign key fk_orders_approver)."
                        + " Delete or change those rows first.",
                violation.getMessage());
    }

    @Test
    void anAgeOutOfItsCheckIsACheckViolation() {
        var violation = thrown(CheckViolation.class, () -> users.insert(u -> u.setAge(200)));
        assertEquals("ck_users_age", violation.name());
        assertEquals(
                "insert into users: the row breaks the check ck_users_age. See its condition in the changelog.",
                violation.getMessage());
    }

    @Test
    void aNullWhereThereMayBeNoneIsANotNullViolation() {
        var ann = SHOP.user("Ann", 31);
        var given = thrown(NotNullViolation.class, () -> users.update(ann.getId(), u -> u.setStatus(null)));
        assertEquals(USERS.STATUS, given.field());

        var missing = thrown(NotNullViolation.class, () -> SHOP.orders().insert(o -> {}));
        assertEquals(ORDERS.USER_ID, missing.field());
        assertEquals("insert into orders: user_id may not be null and has no default. Set it.", missing.getMessage());
    }

    @Test
    void whatAColumnCannotHoldIsAnInvalidValue() {
        var tooLong = thrown(InvalidValue.class, () -> users.insert(u -> u.setName(CANARY.repeat(9))));
        assertEquals(Optional.of(USERS.NAME), tooLong.field());
        var noJson = thrown(InvalidValue.class, () -> users.insert(u -> u.setPreferences(JSON.json(CANARY))));
        assertEquals(Optional.of(USERS.PREFERENCES), noJson.field());
        var ann = SHOP.user("Ann", 31);
        var tooLarge = thrown(
                InvalidValue.class,
                () -> SHOP.orders()
                        .insert(o -> o.setUserId(ann.getId()).setTotal(new BigDecimal("98765432109876.00"))));
        assertEquals(Optional.of(ORDERS.TOTAL), tooLarge.field());
        thrown(
                InvalidValue.class,
                () -> SHOP.database().dsl().execute("insert into users (status) values (?)", CANARY));
    }

    @Test
    void statementsOfJooqsOwnDslAreTypedAlike() {
        users.insert(u -> u.setEmail(CANARY));

        var violation = thrown(
                UniqueViolation.class,
                () -> SHOP.database()
                        .dsl()
                        .insertInto(USERS, USERS.EMAIL)
                        .values(CANARY)
                        .execute());
        assertEquals("uk_users_email", violation.key().getName());
        var wrong = thrown(OtherFailure.class, () -> SHOP.database().dsl().execute("selct 1"));
        assertEquals(1064, wrong.code());
    }

    @Test
    void aRowLockedElsewhereIsALockTimeout() {
        var ann = SHOP.user("Ann", 31);
        var impatient = SHOP.options().withStatementTimeout(Duration.ofSeconds(1));
        try (var other = Database.open(impatient)) {
            SHOP.database().transaction(session -> {
                users.in(session).update(ann.getId(), u -> u.setAge(32));
                var failure = thrown(
                        TransientFailure.class,
                        () -> new UsersRepository(other).update(ann.getId(), u -> u.setAge(33)));
                assertEquals(Kind.LOCK_TIMEOUT, failure.kind());
            });
        }
    }

    @Test
    void theOrderThatHoldsAUuidTwiceIsFoundOut() {
        var ann = SHOP.user("Ann", 31);
        var uuid = UUID.randomUUID();
        SHOP.orders().insert(o -> o.setUserId(ann.getId()).setUuid(uuid));

        var violation = thrown(
                UniqueViolation.class,
                () -> SHOP.orders().insert(o -> o.setUserId(ann.getId()).setUuid(uuid)));
        assertEquals(Keys.KEY_ORDERS_UK_ORDERS_UUID, violation.key());
    }

    /** Expects an error, and that nothing it prints has the canary in it. */
    private static <X extends DatabaseException> X thrown(Class<X> type, Executable call) {
        var error = assertThrows(type, call);
        var trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("canary"), trace.toString());
        return error;
    }
}
