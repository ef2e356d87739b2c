package dev.rowan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program in a process of its own, as users start it. */
final class ProgramTest {

    @RegisterExtension
    static final ServiceDatabase SERVICE = new ServiceDatabase();

    @TempDir
    private Path folder;

    @Test
    void withoutArgumentsTheWalkThroughRunsEveryStepAndLeavesNoProcess() throws Exception {
        var process = program().start();
        var lines = new ArrayList<String>();
        var children = List.<ProcessHandle>of();
        try (var out = process.inputReader(UTF_8)) {
            for (String line; (line = out.readLine()) != null; lines.add(line)) {
                if (line.startsWith("3. ")) {
                    children = process.descendants().toList();
                }
            }
        }

        assertEquals(0, process.waitFor());
        assertEquals("", errors());
        for (var child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
        assertInOrder(
                unwrapped(lines),
                "1. A database server",
                "M(ySQL|ariaDB) \\d",
                "2. The schema",
                "001-users.sql +users",
                "Pending changesets: 0",
                "3. The schema check at startup",
                "The live schema matches the generated classes",
                "4. Insert",
                "SQL> insert into `users` \\(`name`, `age`, `email`\\) values \\(\\?, \\?, \\?\\) \\[[\\d.]+ ms, 1 row written\\]",
                "5. Find one row",
                "SQL> select .* from `users` where `users`.`id` = \\?",
                "\\|   1\\|Ann \\|  31\\|ann@example.org\\|",
                "Optional.empty",
                "6. Query",
                "where `users`.`age` >= \\?",
                "3 adults",
                "7. Page",
                "Ann",
                "Bob",
                "The next page",
                "Cleo",
                "Dan",
                "8. Update",
                "SQL> update `users` set `users`.`age` = \\?",
                "\\|   1\\|Ann \\|  32\\|",
                "4 users updated",
                "9. A duplicate is rejected",
                "UniqueViolation of KEY_users_uk_users_email",
                "another row has the same email",
                "10. A transaction rolls back",
                "SQL> delete from `users` where `users`.`id` <> \\?",
                "Inside the transaction, 1 user is left",
                "Ann",
                "Eve",
                "11. Unit of work",
                "SQL> START TRANSACTION",
                "SQL> select .* from `users` where `users`.`email` = \\?",
                "SQL> insert into `users` .* 1 row written\\]",
                "SQL> insert into `orders` .* 3 rows written\\]",
                "SQL> insert into `order_items` .* 6 rows written\\]",
                "SQL> update `users` set `users`.`age` = \\?",
                "SQL> COMMIT",
                "1 user, 3 orders and 6 items inserted: 8 statements in total",
                "12. Relations",
                "SQL> select .* from `users` .* 6 rows read\\]",
                "SQL> select .* from `orders` .* 3 rows read\\]",
                "SQL> select .* from `order_items` .* 6 rows read\\]",
                "Eve ordered .*jam",
                "Finn ordered .*milk",
                "NotLoaded: UsersRepository.ORDERS was not loaded",
                "13. Delete",
                "SQL> delete from `users` where `users`.`id` = \\?",
                "true",
                "false",
                "The remaining users",
                "Bob",
                "Finn",
                "14. What a migration costs",
                "instant         ALTER TABLE users ADD COLUMN phone",
                "online          CREATE INDEX ix_users_name",
                "blocks writes   ALTER TABLE users MODIFY age BIGINT",
                "The changeset shop:wide-age in walk-through/next-release.sql blocks writes",
                "15. A database of your own",
                "mvn rowan:env-create +server MariaDB [\\d.]+, stopped",
                "mvn rowan:env-start +server MariaDB [\\d.]+, started at ",
                "mvn rowan:env-install +\\d+ changesets of rowan/changelog/master.yaml",
                "mvn rowan:env-stop +server MariaDB [\\d.]+, stopped",
                "mvn rowan:env-delete +deleted .*\\.rowan",
                "16. Done");
        assertTrue(lines.stream().allMatch(line -> line.length() <= 120), () -> "wider than 120: " + lines);
    }

    @Test
    void theLoginComesFromTheEnvironmentAndThePasswordFromStandardInput() throws Exception {
        var program = program("users", "add", "--name", "Zo\u00eb", "--password");
        program.environment().put("ROWAN_URL", SERVICE.options().url());
        program.environment().put("ROWAN_USER", SERVICE.options().user());
        var process = program.start();
        try (var in = process.outputWriter(UTF_8)) {
            in.write(SERVICE.options().password() + "\n");
        }

        var out = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertEquals(0, process.waitFor(), this::errors);
        assertTrue(out.contains("|   1|Zo\u00eb |"), out);
    }

    /** Each command is a process of its own, as in two terminals. */
    @Test
    void theEnvironmentOfAProjectIsUsedWhileItIsStarted() throws Exception {
        assertEquals(2, exitCode("users", "list"), "without an environment");

        assertTrue(run("env", "create").contains("server    MariaDB 11.4.5, stopped"));
        assertEquals(2, exitCode("users", "list"), "it is stopped");
        assertTrue(errors().contains("is stopped. Start it with env start"), errors());
        try {
            assertTrue(run("env", "start").contains("MariaDB 11.4.5, started at "));
            assertTrue(run("env", "install").contains("installed 001-users.sql  users, new\n"));
            run("users", "add", "--name", "Ann");
            assertTrue(run("users", "list").contains("|   1|Ann "));
            assertTrue(run("env", "status").contains("pending   0 changesets\n"));
            run("env", "stop");
            run("env", "start");
            assertTrue(run("users", "list").contains("|   1|Ann "));
            assertFalse(run("env", "install").contains(", new"));
        } finally {
            assertEquals("Deleted.\n", run("env", "delete"));
        }
        assertEquals(2, exitCode("users", "list"));
        assertFalse(Files.exists(folder.resolve(".rowan")));
    }

    /** Without the path there is no client, and nothing that gives the server a session of its own. */
    @Test
    void theShellIsAClientThatReadsTheLoginFromAFile() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"));
        run("env", "create");
        try {
            runWithPath(folder, "env", "start");
            var client = Files.writeString(folder.resolve("mysql"), "#!/bin/sh\necho \"client $@\"\n");
            assertTrue(client.toFile().setExecutable(true));
            var file = folder.toRealPath().resolve(".rowan/database/client.cnf");
            // the user's own files of options might name another server
            assertTrue(runWithPath(folder, "env", "shell")
                    .matches("client --defaults-file=" + Pattern.quote(file.toString())
                            + " --host=127\\.0\\.0\\.1 --port=[1-9]\\d+ --user=rowan\n"));
        } finally {
            run("env", "delete");
        }
    }

    /** Where no client is installed. */
    @Test
    void theShellRunsTheStatementsOfAPipe() throws Exception {
        run("env", "create");
        try {
            run("env", "start");
            var shell = program("env", "shell").directory(folder.toFile());
            shell.environment().put("PATH", folder.toString());
            var process = shell.start();
            try (var in = process.outputWriter(UTF_8)) {
                in.write("create table t (name varchar(9));\ninsert into t values ('Zo\u00eb');\nselect * from t");
            }
            var out = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertEquals(0, process.waitFor(), this::errors);
            assertTrue(out.contains("| Zo\u00eb  |"), out);
            assertTrue(out.contains("1 row ("), out);
            assertEquals("", errors());
        } finally {
            run("env", "delete");
        }
    }

    private String run(String... args) throws Exception {
        return output(program(args));
    }

    private String runWithPath(Path path, String... args) throws Exception {
        var program = program(args);
        program.environment().put("PATH", path.toString());
        return output(program);
    }

    private String output(ProcessBuilder program) throws Exception {
        var process = program.directory(folder.toFile()).start();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), this::errors);
        return out.replace(System.lineSeparator(), "\n");
    }

    private int exitCode(String... args) throws Exception {
        return program(args).directory(folder.toFile()).start().waitFor();
    }

    private ProcessBuilder program(String... args) {
        var command = Stream.of(
                Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                Stream.of("-XX:TieredStopAtLevel=1", "-Dstdout.encoding=UTF-8"),
                System.getProperties().stringPropertyNames().stream()
                        .filter(name -> name.startsWith("rowan."))
                        .map(name -> "-D" + name + "=" + System.getProperty(name)),
                Stream.of("-cp", System.getProperty("java.class.path"), Main.class.getName()),
                Stream.of(args));
        var builder = new ProcessBuilder(command.flatMap(each -> each).toList())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().remove("ROWAN_URL");
        return builder;
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("stderr"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Returns the output with wrapped statements joined into one line. */
    private static String unwrapped(List<String> lines) {
        return String.join("\n", lines).replaceAll("\\n {8}(?=\\S)", " ");
    }

    /** Checks that the expressions match in this order. */
    private static void assertInOrder(String text, String... expressions) {
        var position = 0;
        for (var expression : expressions) {
            var matcher = Pattern.compile(expression).matcher(text);
            assertTrue(matcher.find(position), "not found in this order: " + expression + " in\n" + text);
            position = matcher.end();
        }
    }
}
