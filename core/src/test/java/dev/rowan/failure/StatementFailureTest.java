package dev.rowan.failure;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static dev.rowan.testing.AnyTextTable.ANY_TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.error.CheckViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.NotNullViolation;
import dev.rowan.error.RaisedSignal;
import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.Keys;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.AnyTextTable;
import dev.rowan.testing.AnyTextTable.AnyTextRecord;
import dev.rowan.testing.ShopDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.JSON;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A failed statement throws the same error from repositories and from jOOQ, and an open transaction stays open.
 */
class StatementFailureTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    /** A value in the rows, which must not occur in a message or a stack trace. */
    private static final String LEAKED = "leaked@example.org";

    private static final UUID TAKEN = UUID.fromString("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

    /** A row that others reference. */
    private static final int ANN = 1;

    /**
     * A statement that the server rejects, by a repository and by jOOQ.
     *
     * @param data the details of the error besides its message
     */
    record Fault(
            String message,
            Class<? extends DatabaseException> type,
            int mysql,
            int mariadb,
            @Nullable Object data,
            Consumer<Repositories> byRepository,
            Query byJooq) {

        @Override
        public String toString() {
            return message;
        }
    }

    /** Repositories, bound to the database or to a session. */
    private record Repositories(UsersRepository users, OrdersRepository orders, AnyTextTable.Repo anyText) {}

    static Stream<Fault> faults() {
        var dsl = SHOP.database().dsl();
        return Stream.of(
                new Fault(
                        "insert into users: another row has the same email (unique key uk_users_email)."
                                + " Choose another value, or update that row.",
                        UniqueViolation.class,
                        1062,
                        1062,
                        Keys.KEY_USERS_UK_USERS_EMAIL,
                        repositories -> repositories.users().insert(u -> u.setEmail(LEAKED)),
                        dsl.insertInto(USERS, USERS.EMAIL).values(LEAKED)),
                new Fault(
                        "update users: another row has the same email (unique key uk_users_email)."
                                + " Choose another value, or update that row.",
                        UniqueViolation.class,
                        1062,
                        1062,
                        Keys.KEY_USERS_UK_USERS_EMAIL,
                        repositories ->
                                repositories.users().where(USERS.ID.eq(ANN)).update(u -> u.setEmail(LEAKED)),
                        dsl.update(USERS).set(USERS.EMAIL, LEAKED).where(USERS.ID.eq(ANN))),
                new Fault(
                        "insert into users: another row has the same id (unique key PRIMARY)."
                                + " Choose another value, or update that row.",
                        UniqueViolation.class,
                        1062,
                        1062,
                        Keys.KEY_USERS_PRIMARY,
                        repositories -> repositories.users().insert(u -> u.setId(ANN)),
                        dsl.insertInto(USERS, USERS.ID).values(ANN)),
                new Fault(
                        "insert into orders: another row has the same uuid (unique key uk_orders_uuid)."
                                + " Choose another value, or update that row.",
                        UniqueViolation.class,
                        1062,
                        1062,
                        Keys.KEY_ORDERS_UK_ORDERS_UUID,
                        repositories -> repositories
                                .orders()
                                .insert(o -> o.setUserId(ANN).setUuid(TAKEN)),
                        dsl.insertInto(ORDERS, ORDERS.USER_ID, ORDERS.UUID).values(ANN, TAKEN)),
                faultOfAnyText(
                        "another row has the same odd'ly.named (unique key uk.odd'ly)."
                                + " Choose another value, or update that row.",
                        UniqueViolation.class,
                        1062,
                        1062,
                        ANY_TEXT.getUniqueKeys().getFirst(),
                        ANY_TEXT.oddlyNamed,
                        // a value that looks like the end of the server's message
                        "leaked' for key 'any_text.leaked"),
                new Fault(
                        "insert into orders: the referenced row does not exist (foreign key fk_orders_user). Insert"
                                + " it first.",
                        ForeignKeyViolation.class,
                        1452,
                        1452,
                        Keys.FK_ORDERS_USER,
                        repositories -> repositories.orders().insert(o -> o.setUserId(-1)),
                        dsl.insertInto(ORDERS, ORDERS.USER_ID).values(-1)),
                new Fault(
                        "delete from users: rows of orders still reference this row (foreign key fk_orders_approver)."
                                + " Delete or change them first.",
                        ForeignKeyViolation.class,
                        1451,
                        1451,
                        Keys.FK_ORDERS_APPROVER,
                        repositories -> repositories.users().delete(ANN + 1),
                        dsl.deleteFrom(USERS).where(USERS.ID.eq(ANN + 1))),
                new Fault(
                        "update users: rows of orders still reference this row (foreign key fk_orders_approver)."
                                + " Delete or change them first.",
                        ForeignKeyViolation.class,
                        1451,
                        1451,
                        Keys.FK_ORDERS_APPROVER,
                        repositories ->
                                repositories.users().where(USERS.ID.eq(ANN + 1)).update(u -> u.setId(4711)),
                        dsl.update(USERS).set(USERS.ID, 4711).where(USERS.ID.eq(ANN + 1))),
                new Fault(
                        "insert into users: the row violates the check constraint ck_users_age. See its condition in"
                                + " the changelog.",
                        CheckViolation.class,
                        3819,
                        4025,
                        "ck_users_age of users",
                        repositories -> repositories.users().insert(u -> u.setAge(200)),
                        dsl.insertInto(USERS, USERS.AGE).values(200)),
                faultOfAnyText(
                        "the row violates the check constraint ck.odd'ly. See its condition in the changelog.",
                        CheckViolation.class,
                        3819,
                        4025,
                        "ck.odd'ly of any_text",
                        ANY_TEXT.small,
                        "13"),
                new Fault(
                        "update users: status is NOT NULL, and was set to null. Set it to a value.",
                        NotNullViolation.class,
                        1048,
                        1048,
                        USERS.STATUS,
                        repositories ->
                                repositories.users().where(USERS.ID.eq(ANN)).update(u -> u.setStatus(null)),
                        dsl.update(USERS)
                                .set(USERS.STATUS, (@Nullable UsersStatus) null)
                                .where(USERS.ID.eq(ANN))),
                new Fault(
                        "insert into orders: user_id is NOT NULL and has no default, and was not set. Set it.",
                        NotNullViolation.class,
                        1364,
                        1364,
                        ORDERS.USER_ID,
                        repositories -> repositories.orders().insert(o -> o.setNote("")),
                        dsl.insertInto(ORDERS, ORDERS.NOTE).values("")),
                invalid("is too long for its column. Shorten it, or widen the column.", 1406, ANY_TEXT.brief),
                invalid(
                        "is out of the range of its column. Check it, or widen the column.",
                        1264,
                        ANY_TEXT.small,
                        "1000"),
                invalid(
                        "is out of the range of its column. Check it, or widen the column.",
                        1264,
                        ANY_TEXT.amount,
                        "98765.43"),
                invalid(noneOf(), 1366, ANY_TEXT.small, LEAKED + "' for column 'leaked' at row 1"),
                invalid(noneOf(), 1366, ANY_TEXT.amount),
                invalid(noneOf(), 1265, ANY_TEXT.kind),
                invalid(noneOf(), 1265, ANY_TEXT.flags),
                invalid(noneOf(), 1292, ANY_TEXT.day),
                invalid(noneOf(), 1292, ANY_TEXT.day, "0000-00-00"),
                invalid(noneOf(), 1292, ANY_TEXT.day, "2024-02-30"),
                invalid(noneOf(), 1292, ANY_TEXT.moment),
                invalid(
                        "is too long for its column. Shorten it, or widen the column.",
                        1406,
                        ANY_TEXT.oddlyNamed,
                        LEAKED.repeat(9)),
                emoji(ANY_TEXT.latin),
                emoji(ANY_TEXT.old),
                faultOfAnyText(
                        "a trigger or routine of the schema rejected it with SIGNAL, code 30001, state 45000. text()"
                                + " returns its message, which is not shown here because it may quote values.",
                        RaisedSignal.class,
                        30001,
                        30001,
                        LEAKED,
                        ANY_TEXT.refused,
                        LEAKED));
    }

    private static String noneOf() {
        return "is not valid for its column. Check it against the column's type.";
    }

    /** MySQL reports the error when it prepares the statement, without the column. */
    private static Fault emoji(TableField<AnyTextRecord, String> column) {
        var mysql = SHOP.database().dsl().dialect() == SQLDialect.MYSQL;
        return faultOfAnyText(
                (mysql ? "a value" : "a value for " + column.getName())
                        + " has characters that the character set of its column lacks."
                        + " Leave them out, or make the column utf8mb4.",
                InvalidValue.class,
                3988,
                1366,
                mysql ? null : column,
                column,
                "leaked 😀");
    }

    private static Fault invalid(String why, int code, TableField<AnyTextRecord, String> column) {
        return invalid(why, code, column, LEAKED);
    }

    private static Fault invalid(String why, int code, TableField<AnyTextRecord, String> column, String value) {
        var what = "a value for " + column.getName() + " " + why;
        return faultOfAnyText(what, InvalidValue.class, code, code, column, column, value);
    }

    private static Fault faultOfAnyText(
            String message,
            Class<? extends DatabaseException> type,
            int mysql,
            int mariadb,
            @Nullable Object data,
            TableField<AnyTextRecord, String> column,
            String value) {
        return new Fault(
                "insert into any_text: " + message,
                type,
                mysql,
                mariadb,
                data,
                repositories -> repositories.anyText().insert(row -> row.set(column, value)),
                SHOP.database().dsl().insertInto(ANY_TEXT, column).values(value));
    }

    @BeforeAll
    static void tables() {
        AnyTextTable.create(SHOP.database());
    }

    @BeforeEach
    void rows() {
        var anyText = new AnyTextTable.Repo(SHOP.database());
        anyText.all().delete();
        anyText.insert(row -> row.set(ANY_TEXT.oddlyNamed, "leaked' for key 'any_text.leaked"));
        SHOP.users()
                .insertAll(
                        Stream.of(ANN, ANN + 1).map(StatementFailureTest::user).toList());
        SHOP.users().insert(u -> u.setEmail(LEAKED));
        SHOP.orders().insert(o -> o.setUserId(ANN).setApproverId(ANN + 1).setUuid(TAKEN));
    }

    private static UsersRecord user(int id) {
        return new UsersRecord().setId(id);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theErrorIsTheSameForEachCallerAndTheTransactionStaysOpen(Fault fault) {
        var database = SHOP.database();
        check(
                fault,
                () -> fault.byRepository()
                        .accept(new Repositories(SHOP.users(), SHOP.orders(), new AnyTextTable.Repo(database))));
        check(fault, () -> database.dsl().execute(fault.byJooq()));
        database.transaction(session -> {
            var users = SHOP.users().in(session);
            users.insert(u -> u.setName("before"));
            var repositories = new Repositories(users, SHOP.orders().in(session), new AnyTextTable.Repo(session));
            check(fault, () -> fault.byRepository().accept(repositories));
            check(fault, () -> session.dsl().execute(fault.byJooq()));
            users.insert(u -> u.setName("after"));
        });
        assertEquals(2, SHOP.users().where(USERS.NAME.in("before", "after")).count());
    }

    private static void check(Fault fault, Runnable call) {
        var error = thrown(fault.type(), call);
        assertEquals(fault.message(), error.getMessage());
        assertEquals(fault.data(), data(error));
        var isMysql = SHOP.database().dsl().dialect() == SQLDialect.MYSQL;
        assertEquals(isMysql ? fault.mysql() : fault.mariadb(), error.code());
    }

    private static @Nullable Object data(DatabaseException error) {
        return switch (error) {
            case UniqueViolation v -> v.key();
            case ForeignKeyViolation v -> v.key();
            case CheckViolation v -> v.name() + " of " + v.table().orElseThrow().getName();
            case NotNullViolation v -> v.field();
            case InvalidValue v -> v.field().orElse(null);
            case RaisedSignal v -> v.text();
            default -> null;
        };
    }

    /** Returns the error of the call, whose stack trace does not contain the value. */
    private static <X extends DatabaseException> X thrown(Class<X> type, Runnable call) {
        var error = assertThrows(type, call::run);
        var trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("leaked"), trace.toString());
        return error;
    }

    @Test
    void aCheckOfAnotherColumnIsNotReportedAsInvalidJson() {
        var violation = thrown(
                CheckViolation.class,
                () -> new AnyTextTable.Repo(SHOP.database()).insert(row -> row.set(ANY_TEXT.positive, -1)));
        var isMysql = SHOP.database().dsl().dialect() == SQLDialect.MYSQL;
        assertEquals(isMysql ? "any_text_chk_1" : "positive", violation.name());
        assertEquals(ANY_TEXT, violation.table().orElseThrow());
    }

    /** jOOQ renders a function around JSON, which rejects the text without naming the column. */
    @Test
    void textThatIsNotJsonIsAnInvalidValue() {
        var byRepository =
                thrown(InvalidValue.class, () -> SHOP.users().insert(u -> u.setPreferences(JSON.json(LEAKED))));
        assertEquals("insert into users: a value for preferences is not JSON. Check it.", byRepository.getMessage());
        assertEquals(USERS.PREFERENCES, byRepository.field().orElseThrow());
        var byJooq = thrown(
                InvalidValue.class,
                () -> SHOP.database()
                        .dsl()
                        .insertInto(USERS, USERS.PREFERENCES)
                        .values(JSON.json(LEAKED))
                        .execute());
        assertEquals(
                SHOP.database().dsl().family() == SQLDialect.MARIADB
                        ? "insert into users: a value for preferences is not JSON. Check it."
                        : "insert into users: a value is passed to a function as JSON, and is not JSON. Check it.",
                byJooq.getMessage());
    }
}
