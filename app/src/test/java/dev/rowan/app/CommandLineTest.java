package dev.rowan.app;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.junit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {

    @RegisterExtension
    static final ServiceDatabase SERVICE = new ServiceDatabase();

    @RegisterExtension
    static final TestDatabase EMPTY = TestDatabase.empty();

    private static final String SECRET = "canary-7391";

    @TempDir
    static Path folder;

    @Test
    void addShowsTheUserAsStored() {
        var added = run("users add --age 31 --email ann@example.org --name", "Ann Lee");

        assertEquals(0, added.exitCode());
        assertTrue(added.out().contains("|   1|Ann Lee|  31|ann@example.org|ACTIVE|      0|"), added::toString);
    }

    @Test
    void aValueThatLooksLikeAFileIsTakenLiterally() {
        var added = run("users add --name @pom.xml");

        assertTrue(added.out().contains("|@pom.xml|"), added::toString);
    }

    @Test
    void aUserIsFoundByIdAndByEmail() {
        run("users add --name Ann --email ann@example.org");

        var byId = run("users find 1");
        var byEmail = run("users find --email ann@example.org");

        assertTrue(byId.out().contains("Ann"), byId::toString);
        assertEquals(byId, byEmail);
    }

    @Test
    void listContinuesAfterThePage() {
        Stream.of("Cleo", "Ann", "Bob").forEach(name -> run("users add --name " + name));

        var first = run("users list --limit 2");
        var token = first.out().substring(first.out().indexOf("--after "));
        var second = run("users list --limit 2 " + token.strip());

        assertAll(
                () -> assertTrue(first.out().matches("(?s).*Ann.*Bob.*More: --after \\S+\\R"), first::toString),
                () -> assertTrue(second.out().contains("Cleo"), second::toString),
                () -> assertFalse(second.out().contains("Ann"), second::toString),
                () -> assertFalse(second.out().contains("More:"), second::toString));
    }

    @Test
    void listShowsOnlyAdults() {
        run("users add --name Ann --age 31");
        run("users add --name Bob --age 17");

        var adults = run("users list --adults");

        assertTrue(adults.out().contains("Ann"), adults::toString);
        assertFalse(adults.out().contains("Bob"), adults::toString);
    }

    @Test
    void updateKeepsOtherColumns() {
        run("users add --name Ann --age 31");

        var updated = run("users update 1 --age 32 --status closed");

        assertTrue(updated.out().contains("|   1|Ann |  32|{null}|CLOSED|      1|"), updated::toString);
    }

    @Test
    void deleteDeletes() {
        run("users add --name Ann");

        assertEquals(new CommandResult(0, "Deleted.\n", ""), run("users delete 1"));
        assertEquals(1, run("users find 1").exitCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"users find 7", "users find --email no@example.org", "users update 7 --age 1", "users delete 7"})
    void noSuchUserIsExitCode1(String command) {
        assertEquals(new CommandResult(1, "", "No such user.\n"), run(command));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            users add --name Eve --agee 3       ; Unknown option --agee. See users add --help
            users add --name Eve --age old      ; Invalid value for option '--age': 'old' is not an int. See users add --help
            users add --age 3                   ; Missing required option: '--name=NAME'. See users add --help
            users add --name Ann Lee            ; Too many arguments. Quote values that contain spaces. See users add --help
            users drop                          ; Unknown command drop. See users --help
            user                                ; Unknown command user. See --help
            users find                          ; Missing required argument (specify one of these): (ID | --email=EMAIL). See users find --help
            users find seven                    ; Invalid value for positional parameter at index 0 (ID): 'seven' is not an int. See users find --help
            users update 1                      ; Nothing to update. Set --name, --age, --email or --status.
            users list --limit 0                ; The size of a page must be from 1 to 10000.
            users list --after AQAB             ; The page token is not valid. It is of another version, or no page token at all. Start again at the first page.
            users add --name Eve --age 200      ; insert into users: the row violates the check constraint ck_users_age. See its condition in the changelog.
            users add --name Eve --email a@b.cd ; insert into users: another row has the same email (unique key uk_users_email). Choose another value, or update that row.
            users add --name 012345678901234567890123456789012345678901234567890 ; users: a value for name is longer than the column's 50 characters. Shorten it, or widen the column.
            """)
    void anInvalidRequestIsOneLineAndExitCode2(String command, String line) {
        run("users add --name Ann --email a@b.cd");

        assertEquals(new CommandResult(2, "", line + "\n"), run(command));
    }

    @Test
    void aMissingCommandIsExitCode2() {
        assertEquals(
                new CommandResult(2, "", "Missing required subcommand. See users --help\n"),
                CommandResult.run("users"));
    }

    @Test
    void aMissingUrlIsExitCode2() {
        assertEquals(
                new CommandResult(
                        2, "", "No database URL. Set --url jdbc:mysql://host:3306/name or the variable ROWAN_URL.\n"),
                CommandResult.run("users", "list", "--url", ""));
    }

    @Test
    void aRefusedLoginIsExitCode1() {
        var refused = CommandResult.run(
                "users", "list", "--url", SERVICE.options().url(), "--user", "nobody", "--password-file", file(SECRET));

        assertEquals(1, refused.exitCode());
        assertTrue(
                refused.err().matches("Cannot log in to \\S+: Access denied for user 'nobody'.*\\R"),
                refused::toString);
    }

    @Test
    void aSilentServerIsExitCode1() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var url = "jdbc:mysql://127.0.0.1:" + silent.getLocalPort() + "/shop";
            var result = assertTimeoutPreemptively(
                    Duration.ofSeconds(15), () -> CommandResult.run("users", "list", "--url", url, "--user", "app"));

            assertEquals(noAnswer(url), result);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"users list", "users add --name Ann", "migrate", "migrate --dry-run"})
    void anUnreachableServerIsExitCode1(String command) throws IOException {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        var url = "jdbc:mysql://127.0.0.1:" + closed + "/shop";

        assertEquals(noAnswer(url), runAt(url, command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users list --pasword=canary-7391",
                "users list --pasword canary-7391",
                "users list --password canary-7391",
                "users list --password=canary-7391",
                "users list --url jdbc:mysql://127.0.0.1:1/shop?password=canary-7391",
                "users list --url jdbc:mysql://app:canary-7391@127.0.0.1:1/shop",
                "users list --url jdbc:postgresql://app:canary-7391@127.0.0.1/shop",
                "users list --url jdbc:mysql://app:canary-7391@127.0.0.1:port/shop",
                "migrate --url jdbc:mysql://127.0.0.1:port/shop?password=canary-7391",
            })
    void noErrorShowsAPassword(String command) {
        var result = CommandResult.run(command.split(" ", -1));

        assertAll(
                () -> assertTrue(result.exitCode() > 0, result::toString),
                () -> assertEquals("", result.out()),
                () -> assertEquals(1, result.err().lines().count(), result::toString),
                () -> assertFalse(result.err().contains(SECRET), result::toString));
    }

    @Test
    void migrateAppliesWhatIsPendingOnce() {
        var pending = runOnEmpty("migrate --dry-run");
        var unmigrated = runOnEmpty("users list");
        var applied = runOnEmpty("migrate");

        assertTrue(pending.out().startsWith("pending  001-users.sql  users\n"), pending::toString);
        assertEquals(
                new CommandResult(
                        1, "", "The database does not have the tables of this service. Create them with: migrate\n"),
                unmigrated);
        assertEquals(pending.out().replace("pending", "applied"), applied.out());
        assertEquals(new CommandResult(0, "The schema is up to date.\n", ""), runOnEmpty("migrate"));
        assertEquals(0, runOnEmpty("users list").exitCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "users --help", "users add --help", "users list --help", "migrate --help", "env --help"
            })
    void helpListsTheExitCodes(String command) {
        var help = CommandResult.run(command.split(" ", -1));

        assertEquals(0, help.exitCode());
        assertTrue(help.out().contains("Exit codes:"), help::toString);
    }

    /** Runs a command on the database of the tests. The words are split at spaces, the further arguments are not. */
    private static CommandResult run(String words, String... arguments) {
        return runAt(SERVICE.options().url(), words, arguments);
    }

    private static CommandResult runOnEmpty(String words) {
        return runAt(EMPTY.url(), words);
    }

    private static CommandResult noAnswer(String url) {
        return new CommandResult(
                1, "", "No server answers at " + url + ". Check the address, and that the server is" + " running.\n");
    }

    /** Returns the name of a file with a password. */
    private static String file(String password) {
        try {
            return Files.writeString(folder.resolve("password"), password + "\n")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandResult runAt(String url, String words, String... arguments) {
        var login = Stream.of(
                "--url",
                url,
                "--user",
                SERVICE.options().user(),
                "--password-file",
                file(SERVICE.options().password()));
        return CommandResult.run(Stream.of(Stream.of(words.split(" ", -1)), Stream.of(arguments), login)
                .flatMap(each -> each)
                .toArray(String[]::new));
    }
}
