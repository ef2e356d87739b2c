package dev.rowan.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The type {@code boolean} of a changeset that is not written in SQL. */
@ExtendWith(EmptyDatabaseExtension.class)
class BooleanColumnTest {

    @Test
    void aBooleanIsATinyintOfOneDigitAndABitStaysABit(DataSource database, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("log.yaml"), """
                databaseChangeLog:
                  - changeSet:
                      id: flags
                      author: ann
                      changes:
                        - createTable:
                            tableName: flags
                            columns:
                              - column: { name: id, type: int, constraints: { primaryKey: true } }
                              - column: { name: active, type: boolean, defaultValueBoolean: true }
                              - column: { name: one_bit, type: bit }
                """);
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Migrator.of(database, "log.yaml", loader).update();
        }

        assertEquals(
                List.of("tinyint(1)", "bit(1)"),
                SqlRunner.query(
                        database,
                        "SELECT column_type FROM information_schema.columns WHERE table_schema = database()"
                                + " AND table_name = 'flags' AND column_name <> 'id' ORDER BY ordinal_position"));
    }
}
