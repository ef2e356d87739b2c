package dev.rowan.failure;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.ORDER_ITEMS;
import static dev.rowan.shop.Tables.ROLES;
import static dev.rowan.shop.Tables.USERS;
import static dev.rowan.shop.Tables.USER_ROLES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.CheckViolation;
import dev.rowan.error.ConstraintViolation;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.NotNullViolation;
import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.Keys;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Violations have the generated constants of keys and tables, whichever statement violates the constraint. */
class ViolationConstantsTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final String LEAKED = "leaked@example.org";

    private static final int ANN = 1;

    @BeforeEach
    void rows() {
        SHOP.users().insert(u -> u.setId(ANN));
        SHOP.users().insert(u -> u.setEmail(LEAKED));
        SHOP.orders().insert(o -> o.setUserId(ANN));
    }

    /** Statements that violate constraints of several tables or of a table that they do not name. */
    static Stream<Reach> reaches() {
        var dsl = SHOP.database().dsl();
        var u = USERS.as("u");
        var taken = dsl.select(DSL.val(LEAKED)).from(USERS).where(USERS.ID.eq(ANN));
        return Stream.of(
                new Reach(
                        "an alias", Keys.KEY_USERS_UK_USERS_EMAIL, dsl.update(u).set(u.EMAIL, LEAKED)),
                new Reach(
                        "a join",
                        Keys.KEY_USERS_UK_USERS_EMAIL,
                        dsl.update(ORDERS.join(USERS).on(ORDERS.USER_ID.eq(USERS.ID)))
                                .set(USERS.EMAIL, LEAKED)),
                new Reach(
                        "a select",
                        Keys.KEY_USERS_UK_USERS_EMAIL,
                        dsl.insertInto(USERS, USERS.EMAIL).select(taken)),
                new Reach(
                        "a common table",
                        Keys.FK_ORDERS_USER,
                        dsl.insertInto(ORDERS, ORDERS.USER_ID)
                                .select(dsl.with("c")
                                        .as(dsl.select(USERS.ID.as("n")).from(USERS))
                                        .select(DSL.field(DSL.name("c", "n"), Integer.class)
                                                .plus(4000))
                                        .from(DSL.table(DSL.name("c"))))),
                new Reach(
                        "an ON DUPLICATE KEY UPDATE",
                        Keys.KEY_USERS_UK_USERS_EMAIL,
                        dsl.insertInto(USERS, USERS.ID)
                                .values(ANN)
                                .onDuplicateKeyUpdate()
                                .set(USERS.EMAIL, LEAKED)),
                new Reach(
                        "a null of a select",
                        ORDERS.USER_ID,
                        dsl.insertInto(ORDERS, ORDERS.USER_ID)
                                .select(dsl.select(USERS.INVITER_ID).from(USERS).where(USERS.ID.eq(ANN)))));
    }

    /** @param data the generated constant of the error */
    record Reach(String what, Object data, Query query) {

        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest
    @MethodSource("reaches")
    void violationsHaveTheGeneratedConstants(Reach reach) {
        assertEquals(
                reach.data(),
                constant(assertThrows(
                        ConstraintViolation.class, () -> SHOP.database().dsl().execute(reach.query()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after update on roles", "before update on roles"})
    void aTriggerReachesTheConstantsOfAnotherTable(String when) {
        SHOP.database()
                .dsl()
                .execute("create trigger leads " + when + " for each row"
                        + " insert into orders (user_id) values (new.id * 4000)");
        try {
            SHOP.roles().insert(r -> r.setName("admin"));
            var violation = assertThrows(
                    ForeignKeyViolation.class,
                    () -> SHOP.roles().where(ROLES.NAME.eq("admin")).update(r -> r.setName("root")));
            assertEquals(Keys.FK_ORDERS_USER, violation.key());
        } finally {
            SHOP.database().dsl().execute("drop trigger leads");
        }
    }

    @Test
    void aCascadeThatViolatesAUniqueKeyIsAUniqueViolationOfTheOtherTable() {
        var dsl = SHOP.database().dsl();
        dsl.execute("create table parents (id int primary key)");
        dsl.execute("create table children (id int primary key, parent_id int,"
                + " constraint uk_children unique (parent_id), constraint fk_children foreign key (parent_id)"
                + " references parents (id) on update cascade)");
        dsl.execute("insert into parents values (1), (2)");
        dsl.execute("insert into children values (1, 1), (2, 2)");

        var violation =
                assertThrows(UniqueViolation.class, () -> dsl.execute("update parents set id = id + 1 where id = 1"));
        assertEquals("uk_children", violation.key().getName());
        assertEquals("children", violation.key().getTable().getName());
        assertEquals(1761, violation.code());
    }

    @Test
    void aRowOutsideItsViewIsACheckViolation() {
        var dsl = SHOP.database().dsl();
        dsl.execute("create view adults as select id, age from users where age > 17 with check option");
        try {
            var violation =
                    assertThrows(CheckViolation.class, () -> dsl.execute("insert into adults (age) values (?)", 12));
            assertEquals("adults", violation.name());
            assertEquals(
                    "statement: the row does not satisfy the view's CHECK OPTION. See the view's condition in the"
                            + " changelog.",
                    violation.getMessage());
        } finally {
            dsl.execute("drop view adults");
        }
    }

    /** MySQL hides the name from a user without access to both tables; MariaDB does not. */
    @Test
    void aHiddenConstraintIsReportedIfItIsTheOnlyCandidate() {
        var options = SHOP.options();
        var schema =
                DSL.name(SHOP.database().dsl().fetchValue("select database()").toString());
        var dsl = SHOP.database().dsl();
        dsl.execute("create user 'clerk'@'%' identified by ?", "Clerk-1234");
        try {
            dsl.execute("grant insert on {0}.order_items to 'clerk'@'%'", schema);
            dsl.execute("grant insert on {0}.user_roles to 'clerk'@'%'", schema);
            try (var database = Database.open(DatabaseOptions.of(options.url(), "clerk", "Clerk-1234"))) {
                var only = assertThrows(
                        ForeignKeyViolation.class,
                        () -> database.dsl()
                                .insertInto(
                                        ORDER_ITEMS,
                                        ORDER_ITEMS.ORDER_ID,
                                        ORDER_ITEMS.LINE_NO,
                                        ORDER_ITEMS.PRODUCT,
                                        ORDER_ITEMS.PRICE)
                                .values(4000L, 1, "pen", BigDecimal.ONE)
                                .execute());
                assertEquals(Keys.FK_ORDER_ITEMS_ORDER, only.key());
                var oneOfTwo = assertThrows(
                        ForeignKeyViolation.class,
                        () -> database.dsl()
                                .insertInto(USER_ROLES, USER_ROLES.USER_ID, USER_ROLES.ROLE_ID)
                                .values(4000, 4000)
                                .execute());
                var named = dsl.dialect() == SQLDialect.MARIADB;
                assertEquals(named, oneOfTwo.key().getName().startsWith("fk_user_roles_"));
                assertTrue(named || oneOfTwo.getMessage().contains("shows its name only to users with access to both"));
            }
        } finally {
            dsl.execute("drop user 'clerk'@'%'");
        }
    }

    @Test
    void aViolationInPlainSqlHasOnlyTheNameOfItsKey() {
        var violation = assertThrows(
                UniqueViolation.class,
                () -> SHOP.database().dsl().execute("insert into users (email) values (?)", LEAKED));
        assertEquals("uk_users_email", violation.key().getName());
        assertEquals(
                "statement: another row has the same key (unique key uk_users_email)."
                        + " Choose another value, or update that row.",
                violation.getMessage());
    }

    private static Object constant(ConstraintViolation violation) {
        return switch (violation) {
            case UniqueViolation v -> v.key();
            case ForeignKeyViolation v -> v.key();
            case NotNullViolation v -> v.field();
            case CheckViolation v -> v.name();
        };
    }
}
