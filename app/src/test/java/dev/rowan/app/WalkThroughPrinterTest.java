package dev.rowan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

final class WalkThroughPrinterTest {

    @Test
    void aStatementIsBrokenBeforeAClause() {
        assertEquals(
                """
                   SQL> select `users`.`id`, `users`.`name`, `users`.`age`, ... from `users` where `users`.`id` > ?
                        order by `users`.`name` asc [0.1 ms, 3 rows read]
                """,
                sql("select `users`.`id`, `users`.`name`, `users`.`age`, `users`.`email`, `users`.`status` from `users`"
                        + " where `users`.`id` > ? order by `users`.`name` asc [0.1 ms, 3 rows read]"));
    }

    @Test
    void aStatementWhoseFirstClauseIsTooLongIsBrokenAfterIt() {
        var first = "select " + "a".repeat(120);

        assertEquals("   SQL> " + first + "\n        from `users`\n", sql(first + " from `users`"));
    }

    private static String sql(String statement) {
        var out = new ByteArrayOutputStream();
        new WalkThroughPrinter(new PrintStream(out, true, UTF_8)).sql(statement);
        return out.toString(UTF_8);
    }
}
