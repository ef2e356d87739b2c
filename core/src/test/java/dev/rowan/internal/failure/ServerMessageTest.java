package dev.rowan.internal.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.RaisedSignal;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.testing.ShopDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's message is shown if it contains only names, and withheld if it may contain values. */
class ServerMessageTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    /** If the server cannot prepare SQL, the driver inlines the values, and the server quotes them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            selct ?                            | near selct, line 1. Fix it
            select * form users where name = ? | near form, line 1. Fix it
            select * from users where name ? 1 | cannot parse the SQL. Fix it
            select name, from users where ? = 1| near from, line 1. Fix it
            """)
    void aSyntaxErrorShowsOneWordOfTheSqlAndNoValue(String sql, String expected) {
        var failure = failure(OtherFailure.class, sql);
        assertTrue(failure.getMessage().contains(expected), failure.getMessage());
        assertTrue(failure.getMessage().endsWith("the log dev.rowan.sql shows the SQL at DEBUG."));
        assertEquals(1064, failure.code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1054 | select nope from users where name = ?         | Unknown column 'nope' in
            1146 | select * from nope where name = ?             | nope' doesn't exist. Fix the name, or apply
            1305 | select nope(?)                                | nope does not exist. Fix the name, or apply
            1136 | insert into users (name, age) values (?)      | Column count doesn't match value count at row 1. Fix
            1052 | select u.name from users u, users v where name = ? | Column 'name' in
            1055 | select name, count(*) from users where name <> ? group by age | GROUP BY
            1242 | select (select 1 union select ?)              | Subquery returns more than 1 row. Fix the statement.
            """)
    void namesAreShown(int code, String sql, String expected) {
        var failure = failure(OtherFailure.class, sql);
        assertEquals(code, failure.code());
        assertTrue(failure.getMessage().contains(expected), failure.getMessage());
    }

    /** Codes that a test cannot provoke on these servers, with the servers' messages. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1040 | 08004 | Too many connections                                       | TOO_MANY_CONNECTIONS
            1203 | 42000 | User x already has more than its connections | TOO_MANY_CONNECTIONS
            1836 | HY000 | Running in read-only mode                                  | READ_ONLY_SERVER
            3101 | 40000 | Plugin instructed the server to rollback                   | DEADLOCK
            1053 | 08S01 | Server shutdown in progress                                | CONNECTION_LOST
            1927 | 70100 | Connection was killed                                      | CONNECTION_LOST
            """)
    void theseAreTransient(int code, String state, String text, Kind kind) {
        var failure = assertInstanceOf(TransientFailure.class, typed(code, state, text));
        assertEquals(kind, failure.kind());
        assertEquals(code, failure.code());
    }

    @Test
    void anOptionOfTheServerThatForbidsAStatementIsNotAReadOnlyServer() {
        var failure = assertInstanceOf(
                OtherFailure.class,
                typed(1290, "HY000", "The MySQL server is running with the --secure-file-priv option so it cannot"));
        assertEquals(
                "statement: The MySQL server is running with the --secure-file-priv option so it cannot."
                        + " Ask the administrator of the server.",
                failure.getMessage());
    }

    /** A trigger may use the server's codes. */
    @ParameterizedTest
    @ValueSource(ints = {1062, 3819, 4025, 1761})
    void aCodeOfTheServerWithAnotherMessageIsASignal(int code) {
        var signal = assertInstanceOf(RaisedSignal.class, typed(code, "23000", "leaked is taken"));
        assertEquals("leaked is taken", signal.text());
        assertFalse(signal.getMessage().contains("leaked"));
    }

    @Test
    void theTextOfAnUnknownCodeIsWithheld() {
        assertEquals(
                "statement: the server rejected it with code 3333, state HY000. Look the code up in the server's"
                        + " manual.",
                typed(3333, "HY000", "leaked").getMessage());
    }

    /** Raises an error on the server. */
    private static DatabaseException typed(int code, String state, String text) {
        var unretried = TransactionOptions.standard().withRetry(RetryPolicy.never());
        return assertThrows(
                DatabaseException.class,
                () -> SHOP.database()
                        .transaction(
                                unretried,
                                session -> session.dsl()
                                        .execute(
                                                "signal sqlstate '" + state + "' set mysql_errno = " + code
                                                        + ", message_text = ?",
                                                text)));
    }

    private static <X extends DatabaseException> X failure(Class<X> type, String sql) {
        var error = assertThrows(type, () -> SHOP.database().dsl().fetch(sql, "leaked"));
        var trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("leaked"), trace.toString());
        return error;
    }

    @Test
    void messagesAreInEnglishWhateverTheLanguageOfTheServer() {
        assertEquals("en_US", String.valueOf(SHOP.database().dsl().fetchValue("select @@lc_messages")));
    }
}
