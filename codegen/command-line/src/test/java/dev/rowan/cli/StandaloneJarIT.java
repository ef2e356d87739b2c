package dev.rowan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.junit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar that is shipped, run by {@code java -jar} in a folder with a changelog. The tests run in the order of their
 * names: the page is that of the schema which {@code generate} has applied.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
final class StandaloneJarIT {

    private static final Path JAR = Path.of(System.getProperty("rowan.cli.jar"));

    private static final String CHANGELOG = """
            --liquibase formatted sql

            --changeset shop:users
            CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY, e_mail VARCHAR(50), CONSTRAINT uk UNIQUE (e_mail));
            --changeset shop:orders
            CREATE TABLE orders (
              id INT AUTO_INCREMENT PRIMARY KEY,
              user_id INT NOT NULL,
              CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id)
            );
            """;

    @RegisterExtension
    static final TestDatabase DB = TestDatabase.empty();

    @TempDir
    private Path folder;

    /** What a process has written, to its output and its errors. */
    private record Run(int exit, String output) {}

    @BeforeEach
    void writeChangelog() throws IOException {
        Files.createDirectories(folder.resolve("src/main/resources/shop"));
        Files.writeString(folder.resolve("src/main/resources/shop/changelog.sql"), CHANGELOG);
    }

    @Test
    void sourcesAreGeneratedAndCompile() throws Exception {
        Files.writeString(
                folder.resolve("rowan.options"),
                "--package-name=com.example.shop\n--names=users = Person\n--names=users.e_mail = email\n");

        var run = rowan(
                "generate",
                "@rowan.options",
                "--changelog=shop/changelog.sql",
                "--output-directory=out",
                "--server=" + DB.url(),
                "--user=" + DB.user(),
                "--migrate");

        assertEquals(0, run.exit(), run::output);
        assertTrue(run.output().contains("applied   2 changesets of shop/changelog.sql"), run::output);
        assertFalse(run.output().toLowerCase(Locale.ROOT).contains("warning"), run::output);
        var repository = Files.readString(folder.resolve("out/com/example/shop/repositories/PersonRepository.java"));
        assertTrue(repository.contains("findByEmail"), repository);
        assertEquals(0, compile(folder.resolve("out")));
    }

    @Test
    void thePageOfTheSchemaHasItsDiagram() throws Exception {
        var run = rowan(
                "docs",
                "--package-name=com.example.shop",
                "--changelog=shop/changelog.sql",
                "--docs-directory=docs",
                "--server=" + DB.url(),
                "--user=" + DB.user());

        assertEquals(0, run.exit(), run::output);
        assertTrue(Files.readString(folder.resolve("docs/index.html")).contains("<svg"));
        assertTrue(Files.exists(folder.resolve("docs/SCHEMA.md")));
    }

    @Test
    void theFileOfAReleaseStandsBesideTheChangelog() throws Exception {
        var run = rowan("release", "--changelog=shop/changelog.sql", "--server=" + DB.url(), "--user=" + DB.user());

        assertEquals(0, run.exit(), run::output);
        assertTrue(run.output().contains("rowan check compares later changesets with it"), run::output);
        assertTrue(Files.exists(folder.resolve("src/main/resources/shop/changelog.release")), run::output);
    }

    @Test
    void theLicencesOfWhatItContainsAreInIt() throws Exception {
        try (var jar = new JarFile(JAR.toFile())) {
            var names = jar.stream().map(JarEntry::getName).toList();
            assertTrue(names.contains("META-INF/LICENSE"), names::toString);
            for (var library :
                    List.of("mysql-connector-j", "jooq", "slf4j-api", "jline", "testcontainers", "org.eclipse.elk")) {
                assertTrue(names.stream().anyMatch(name -> name.startsWith("META-INF/licences/" + library)), library);
            }
            assertTrue(names.contains("META-INF/licences.md"), names::toString);
        }
    }

    @Test
    void aBrokenChangelogIsOneMessage() throws Exception {
        Files.writeString(folder.resolve("src/main/resources/shop/changelog.sql"), """
                --liquibase formatted sql
                --changeset shop:broken
                CREATE TABLE;
                """);

        var run = rowan("check", "--changelog=shop/changelog.sql", "--server=" + DB.url(), "--user=" + DB.user());

        assertEquals(1, run.exit(), run::output);
        assertTrue(run.output().contains("shop:broken"), run::output);
        assertFalse(run.output().contains("\tat "), run::output);
    }

    @Test
    void aMissingChangelogIsNamed() throws Exception {
        var run = rowan("check", "--changelog=no.yaml", "--server=" + DB.url(), "--user=" + DB.user());

        assertEquals(1, run.exit(), run::output);
        assertTrue(run.output().contains("no.yaml"), run::output);
    }

    @Test
    void theVersionIsThatOfTheJar() throws Exception {
        try (var jar = new JarFile(JAR.toFile())) {
            var version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
            assertEquals("rowan " + version, rowan("--version").output().strip());
        }
    }

    @Test
    void aStoppedCommandLeavesNoFiles() throws Exception {
        Files.writeString(folder.resolve("src/main/resources/shop/changelog.sql"), """
                --liquibase formatted sql
                --changeset shop:slow
                DO sleep(60);
                """);

        var process = start(
                "generate",
                "--package-name=com.example.shop",
                "--changelog=shop/changelog.sql",
                "--output-directory=stopped",
                "--server=" + DB.url(),
                "--user=" + DB.user(),
                "--migrate");
        assertNotNull(process.inputReader().readLine(), "the server that it uses");
        try (var running = Files.list(temporary())) {
            assertTrue(running.anyMatch(file -> file.getFileName().toString().startsWith("rowan")));
        }
        process.destroy();
        process.waitFor();

        try (var left = Files.list(temporary())) {
            assertEquals(List.of(), left.toList());
        }
    }

    private Path temporary() throws IOException {
        return Files.createDirectories(folder.resolve("temporary"));
    }

    private Run rowan(String... arguments) throws IOException, InterruptedException {
        var process = start(arguments);
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary(),
                "-jar",
                JAR.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("ROWAN_PASSWORD", DB.password());
        var process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static int compile(Path sources) throws IOException {
        var arguments = new ArrayList<>(
                List.of("-proc:none", "-d", sources.resolve("classes").toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        arguments.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        return ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
    }
}
