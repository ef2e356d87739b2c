package dev.rowan.internal.failure;

import static dev.rowan.shop.Tables.USERS;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each code of a server becomes one error type with one hint. */
class MysqlErrorTest {

    /** The code; the error type; the end of its message; the server's message. */
    private static final String TABLE = """
            1062 | UniqueViolation | Choose another value, or update that row. | Duplicate entry 'x' for key 'users.uk_users_email'
            1761 | UniqueViolation | Choose another value, or update that row. | Foreign key constraint for table 'a', record 'x' would lead to a duplicate entry in table 'users', key 'uk_users_email'
            1451 | ForeignKeyViolation | Delete or change them first. | Cannot delete or update a parent row: a foreign key constraint fails
            1452 | ForeignKeyViolation | Insert it first. | Cannot add or update a child row: a foreign key constraint fails
            3819 | CheckViolation | See its condition in the changelog. | Check constraint 'adult' is violated.
            4025 | CheckViolation | See its condition in the changelog. | CONSTRAINT `adult` failed for `shop`.`users`
            1369 | CheckViolation | See the view's condition in the changelog. | CHECK OPTION failed 'shop.adults'
            1048 | NotNullViolation | is NOT NULL, and was set to null. Set it to a value. | Column 'email' cannot be null
            1364 | NotNullViolation | is NOT NULL and has no default, and was not set. Set it. | Field 'email' doesn't have a default value
            1644 | RaisedSignal | because it may quote values. | words
            1406 | InvalidValue | Shorten it, or widen the column. | Data too long for column 'email' at row 1
            1264 | InvalidValue | Check it, or widen the column. | Out of range value for column 'age' at row 1
            3854 | InvalidValue | Leave them out, or make the column utf8mb4. | words
            3988 | InvalidValue | Leave them out, or make the column utf8mb4. | words
            1366 | InvalidValue | Check it against the column's type. | Incorrect integer value: 'x' for column 'age' at row 1
            1292 | InvalidValue | Check it against the column's type. | words
            1265 | InvalidValue | Check it against the column's type. | words
            1416 | InvalidValue | Check it against the column's type. | words
            3140 | InvalidValue | is not JSON. Check it. | words
            3141 | InvalidValue | is passed to a function as JSON, and is not JSON. Check it. | words
            4038 | InvalidValue | is passed to a function as JSON, and is not JSON. Check it. | words
            1411 | InvalidValue | is not a valid argument of a function of the statement. Check it. | words
            3037 | InvalidValue | is not a valid argument of a function of the statement. Check it. | words
            1441 | InvalidValue | makes a date go out of range. Check it. | words
            1690 | InvalidValue | Check it, or cast it to a wider type. | words
            1365 | InvalidValue | makes the statement divide by zero. Check it. | words
            1153 | InvalidValue | Send less at once, or raise the server's max_allowed_packet. | words
            1213 | TransientFailure DEADLOCK | to resolve a deadlock. Run the transaction again. | words
            1020 | TransientFailure DEADLOCK | because another one changed the same rows. Run the transaction again. | words
            3101 | TransientFailure DEADLOCK | because another one changed the same rows. Run the transaction again. | words
            6136 | InvalidValue | Give it one number or more, each of them finite. | words
            1205 | TransientFailure LOCK_TIMEOUT | Roll back, then run the transaction again. | words
            1206 | TransientFailure LOCK_TIMEOUT | or raise innodb_buffer_pool_size. | words
            3572 | TransientFailure LOCK_TIMEOUT | Roll back, then run the transaction again. | words
            1836 | TransientFailure READ_ONLY_SERVER | Try again on a server that accepts writes. | words
            1290 | TransientFailure READ_ONLY_SERVER | Try again on a server that accepts writes. | The MySQL server is running with the --read-only option
            1290 | OtherFailure | Ask the administrator of the server. | The MySQL server is running with the --secure-file-priv option
            1792 | OtherFailure | Write, and lock rows, in database.transaction(…). | words
            1040 | TransientFailure TOO_MANY_CONNECTIONS | Try again, or use smaller pools. | words
            1203 | TransientFailure TOO_MANY_CONNECTIONS | Try again, or use smaller pools. | words
            1226 | TransientFailure TOO_MANY_CONNECTIONS | Try again, or use smaller pools. | User 'app' has exceeded the 'max_user_connections' resource
            1226 | OtherFailure | Wait, or raise the user's limits. | User 'app' has exceeded the 'max_questions' resource
            1317 | TransientFailure INTERRUPTED | the statement was killed. Try again. | words
            1927 | TransientFailure CONNECTION_LOST | Run the whole transaction again. | words
            3024 | StatementTimeout | Make it cheaper, or raise statementTimeout. | words
            1969 | StatementTimeout | Make it cheaper, or raise statementTimeout. | words
            1064 | OtherFailure | the log dev.rowan.sql shows the SQL at DEBUG. | words
            1044 | OtherFailure | Grant the privilege to the user. | Access denied for user 'app'@'%' to database 'shop'
            1045 | OtherFailure | Grant the privilege to the user. | Access denied for user 'app'@'%' (using password: YES)
            1142 | OtherFailure | Grant the privilege to the user. | SELECT, INSERT command denied to user 'app'@'%' for table 'users'
            1143 | OtherFailure | Grant the privilege to the user. | SELECT command denied to user 'app'@'%' for column 'name' in table 'users'
            1227 | OtherFailure | Grant the privilege to the user. | Access denied; you need (at least one of) the SUPER privilege(s) for this operation
            1370 | OtherFailure | Grant the privilege to the user. | execute command denied to user 'app'@'%' for routine 'shop.p'
            1049 | OtherFailure | Fix the name, or apply the changelog to this database. | Unknown database 'shop'
            1054 | OtherFailure | Fix the name, or apply the changelog to this database. | Unknown column 'nome' in 'field list'
            1146 | OtherFailure | Fix the name, or apply the changelog to this database. | Table 'shop.user' doesn't exist
            1305 | OtherFailure | Fix the name, or apply the changelog to this database. | PROCEDURE shop.p does not exist
            1052 | OtherFailure | Fix the statement. | Column 'id' in field list is ambiguous
            1055 | OtherFailure | Fix the statement. | Expression #1 of SELECT list is not in GROUP BY clause
            1140 | OtherFailure | groupBy(column). | Mixing of GROUP columns (MIN(),MAX(),COUNT(),...) with no GROUP columns is illegal
            1093 | OtherFailure | Fix the statement. | You can't specify target table 'users' for update in FROM clause
            1136 | OtherFailure | Fix the statement. | Column count doesn't match value count at row 1
            1176 | OtherFailure | Fix the statement. | Key 'k' doesn't exist in table 'users'
            1222 | OtherFailure | Fix the statement. | The used SELECT statements have a different number of columns
            1241 | OtherFailure | Fix the statement. | Operand should contain 1 column(s)
            1242 | OtherFailure | Fix the statement. | Subquery returns more than 1 row
            1267 | OtherFailure | Fix the statement. | Illegal mix of collations (a,IMPLICIT) and (b,IMPLICIT) for operation '='
            1270 | OtherFailure | Fix the statement. | Illegal mix of collations (a,IMPLICIT), (b,IMPLICIT), (c,IMPLICIT) for operation 'concat'
            1288 | OtherFailure | Fix the statement. | The target table totals of the UPDATE is not updatable
            1471 | OtherFailure | Fix the statement. | The target table totals of the INSERT is not insertable-into
            1568 | OtherFailure | Fix the statement. | Transaction characteristics can't be changed while a transaction is in progress
            3065 | OtherFailure | order by selected columns only. | Expression #1 of ORDER BY clause is not in SELECT list, references column 'shop.users.age' which is not in SELECT list; this is incompatible with DISTINCT
            1906 | OtherFailure | Fix the statement. | The value specified for generated column 'd' in table 'users' has been ignored
            3105 | OtherFailure | Fix the statement. | The value specified for generated column 'd' in table 'users' is not allowed.
            3636 | OtherFailure | Fix the statement. | Recursive query aborted after 1001 iterations.
            """;

    record Row(int code, String type, String end, String serverMessage) {

        @Override
        public String toString() {
            return code + " " + type;
        }
    }

    static Stream<Row> rows() {
        return TABLE.lines()
                .map(line -> line.split(" \\| "))
                .map(cells -> new Row(Integer.parseInt(cells[0]), cells[1], cells[2], cells[3]));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aCodeBecomesOneTypeWithOneHint(Row row) {
        var error = SqlExceptionTranslator.typed(
                new SQLException(row.serverMessage(), "HY000", row.code()), StatementKind.INSERT, USERS);

        assertEquals(row.type(), type(error));
        assertTrue(error.getMessage().endsWith(row.end()), error.getMessage());
        assertEquals(row.code(), error.code());
    }

    @Test
    void theTableHasEveryCode() {
        assertEquals(rows().map(Row::code).collect(toSet()), codes().collect(toSet()));
    }

    @Test
    void eachCodeBelongsToOneError() {
        assertEquals(codes().distinct().count(), codes().count());
    }

    @Test
    void anErrorIsFoundByEachOfItsCodes() {
        for (var error : MysqlError.values()) {
            for (var code : error.codes()) {
                assertEquals(error, MysqlError.of(code));
                assertTrue(error.is(new SQLException("words", "HY000", code)));
            }
        }
        assertEquals(Set.of(3819, 4025), MysqlError.CHECK_VIOLATED.codes());
        assertNull(MysqlError.of(0));
    }

    @Test
    void aSignalIsRecognizedByItsStateWhateverItsCode() {
        var error = SqlExceptionTranslator.typed(new SQLException("words", "45001", 1062), StatementKind.INSERT, USERS);

        assertEquals("RaisedSignal", type(error));
    }

    /** A trigger may raise any code, with a message that quotes the row. */
    @ParameterizedTest
    @ValueSource(ints = {1048, 1054, 1062, 1142, 1146, 1227, 1242, 1364, 1451, 1452, 3105, 3819})
    void aSignalWithTheCodeOfAnotherErrorShowsNoValue(int code) {
        for (var text : List.of("canary-7391", "canary-7391 is wrong.".repeat(300))) {
            var error =
                    SqlExceptionTranslator.typed(new SQLException(text, "HY000", code), StatementKind.INSERT, USERS);

            assertEquals("RaisedSignal", type(error));
            assertFalse(String.valueOf(error.getMessage()).contains("canary"), error.getMessage());
        }
    }

    @Test
    void aLongMessageIsNotSearchedForNames() {
        var text =
                "Cannot add or update a child row: a foreign key constraint fails (`" + "`.`, CONSTRAINT `".repeat(300);

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> SqlExceptionTranslator.typed(new SQLException(text, "23000", 1452), StatementKind.INSERT, USERS));
    }

    private static Stream<Integer> codes() {
        return Arrays.stream(MysqlError.values()).flatMap(error -> error.codes().stream());
    }

    private static String type(DatabaseException error) {
        var name = error.getClass().getSimpleName();
        return error instanceof TransientFailure failure ? name + " " + failure.kind() : name;
    }
}
