package dev.rowan.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WalkThroughPageTest {

    @Test
    void eachStepIsAPictureWithItsStatementsMarked() {
        var page = WalkThroughPage.of("""
                Rowan, step by step
                ===================

                1. Insert
                   Only the columns you set are written.
                   SQL> insert into `users` (`name`)
                        values (?) [0.7 ms]
                   |  id|<b>  |

                2. Done
                   Nothing is left running.
                """.lines().toList());

        assertEquals(
                List.of("The walk-through", "1. Insert", "2. Done"),
                page.sections().stream().map(Page.Section::heading).toList());
        assertTrue(page.body().contains("""
                <pre class="terminal"><code>Only the columns you set are written.
                <b>SQL&gt; insert into `users` (`name`)</b>
                <b>     values (?) [0.7 ms]</b>
                <i>|  id|&lt;b&gt;  |</i>
                </code></pre>
                """), page::body);
    }

    @Test
    void theRunOfThisBuildHasAllSteps() throws Exception {
        var page = Files.readString(BuiltSite.FOLDER.resolve(WalkThroughPage.ADDRESS));

        for (var text : List.of("1. A database server", "insert into `users`", "UniqueViolation", "16. Done")) {
            assertTrue(page.contains(text), text);
        }
    }
}
