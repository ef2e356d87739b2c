package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The privileges that the docs name for generating from a database of one's own, and no more. */
final class PrivilegesTest {

    private static final String PASSWORD = "reads";

    private final DatabaseServer server = TestServers.configured();
    private final String reader = "reader_" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path folder;

    private GeneratorFixture admin;

    @BeforeEach
    void createDatabaseAndReader() throws SQLException {
        admin = new GeneratorFixture(server, folder.resolve("admin"));
        admin.execute(
                "CREATE TABLE owners (id INT PRIMARY KEY, name VARCHAR(50) NOT NULL, UNIQUE KEY uk_name (name))",
                "CREATE TABLE cats (id INT AUTO_INCREMENT PRIMARY KEY, owner_id INT, settings JSON,"
                        + " mood ENUM('calm', 'wild') NOT NULL DEFAULT 'calm',"
                        + " CONSTRAINT fk_owner FOREIGN KEY (owner_id) REFERENCES owners (id) ON DELETE CASCADE)",
                "CREATE VIEW counts AS SELECT owner_id, COUNT(*) AS cats FROM cats GROUP BY owner_id",
                "CREATE USER " + reader + " IDENTIFIED BY '" + PASSWORD + "'");
    }

    @AfterEach
    void dropReaderAndDatabase() throws SQLException {
        admin.execute("DROP USER " + reader);
        admin.drop();
    }

    @Test
    void theDocumentedPrivilegesGiveTheSameSources() throws Exception {
        grant("SELECT, SHOW VIEW");

        admin.generate("pets");

        assertEquals(generatedByReader(), sources(folder.resolve("admin")));
    }

    @Test
    void aViewWhoseQueryTheUserMayNotSeeIsRefused() throws SQLException {
        grant("SELECT");

        assertRefused("the view counts", "Grant SHOW VIEW on ");
    }

    /** MariaDB shows them to whoever has another privilege too; MySQL to whoever may read the tables. */
    @Test
    void foreignKeysThatTheUserMayNotSeeAreRefused() throws Exception {
        admin.execute("DROP VIEW counts");
        grant("SELECT");

        if (isMariaDb()) {
            assertRefused("the foreign key fk_owner of the table cats", "Grant SHOW VIEW on ");
        } else {
            assertTrue(generatedByReader().toString().contains("FK_OWNER"));
        }
    }

    private void assertRefused(String... parts) {
        var message = String.valueOf(assertThrows(IllegalArgumentException.class, this::generatedByReader)
                .getMessage());
        for (var part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private Map<String, String> generatedByReader() throws Exception {
        var output = folder.resolve("reader");
        admin.as(reader, PASSWORD, output).generate("pets");
        return sources(output);
    }

    private void grant(String privileges) throws SQLException {
        admin.execute("GRANT " + privileges + " ON `" + admin.databaseName() + "`.* TO " + reader);
    }

    private boolean isMariaDb() {
        return server.description().startsWith("MariaDB");
    }

    private static Map<String, String> sources(Path root) throws IOException {
        var sources = new TreeMap<String, String>();
        List<Path> files = new ArrayList<>();
        try (var walk = Files.walk(root)) {
            walk.filter(Files::isRegularFile).forEach(files::add);
        }
        for (var file : files) {
            sources.put(root.relativize(file).toString(), Files.readString(file));
        }
        return sources;
    }
}
