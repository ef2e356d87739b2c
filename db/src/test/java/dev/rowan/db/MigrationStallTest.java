package dev.rowan.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.rowan.db.MigrationCheck.Verdict;
import dev.rowan.db.testing.ChangelogFiles;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a verdict of MySQL promises, held against somebody who writes to the table meanwhile. */
@ExtendWith(EmptyDatabaseExtension.class)
class MigrationStallTest {

    private static final String TABLE =
            "CREATE TABLE numbers (id INT AUTO_INCREMENT PRIMARY KEY, n INT, t VARCHAR(200))";

    /** On a busy machine a writer may wait for other reasons; a promise that is broken is broken each time. */
    private static final int ATTEMPTS = 4;

    /** How long a statement took, and the longest write that was waited for meanwhile. */
    private record Stall(Duration statement, Duration write) {

        /** Returns the part of the statement's time that one write took. */
        double share() {
            return (double) write.toNanos() / statement.toNanos();
        }
    }

    @TempDir
    private Path folder;

    private DatabaseServer server;
    private DataSource database;

    @BeforeEach
    void fill(DatabaseServer configured, DataSource empty) throws Exception {
        assumeFalse(configured.description().contains("MariaDB"), "MariaDB copies a table while others write to it");
        server = configured;
        database = empty;
        SqlRunner.execute(database, TABLE, "INSERT INTO numbers (n, t) VALUES (1, REPEAT('row ', 40))");
        for (var rows = 1; rows < 200_000; rows *= 2) {
            SqlRunner.execute(database, "INSERT INTO numbers (n, t) SELECT n, t FROM numbers");
        }
    }

    @Test
    void onlyWhatBlocksWritesMakesAWriterWait() throws Exception {
        var blocking = "ALTER TABLE numbers MODIFY n BIGINT";
        assertEquals(Verdict.BLOCKS_WRITES, verdict(blocking));
        var blocked = stall(blocking);
        assertTrue(blocked.share() > 0.5, blocked::toString);

        assertShared("ALTER TABLE numbers ADD INDEX ix_numbers_t (t)", Verdict.ONLINE);
        assertShared("ALTER TABLE numbers ENGINE = InnoDB", Verdict.REBUILD);

        var instant = "ALTER TABLE numbers ADD COLUMN m INT";
        assertEquals(Verdict.INSTANT, verdict(instant));
        var quick = stall(instant);
        assertTrue(quick.statement().compareTo(blocked.statement().dividedBy(2)) < 0, () -> quick + ", not " + blocked);
    }

    private void assertShared(String sql, Verdict verdict) throws Exception {
        assertEquals(verdict, verdict(sql));
        var stall = stall(sql);
        for (var attempt = 1; attempt < ATTEMPTS && stall.share() >= 0.5; attempt++) {
            stall = stall(sql.replace("ix_numbers_t", "ix_numbers_t" + attempt));
        }
        assertTrue(stall.share() < 0.5, stall + " of " + sql);
    }

    private Verdict verdict(String sql) throws Exception {
        var classLoader = new ChangelogFiles(folder)
                .with(
                        "log.sql",
                        "--liquibase formatted sql",
                        "--changeset ann:1",
                        TABLE + ";",
                        "--changeset ann:2",
                        sql)
                .classLoader();
        return MigrationCheck.of(server, empty -> Migrator.of(empty, "log.sql", classLoader))
                .costs()
                .getLast()
                .verdict();
    }

    /** Runs a statement while another session writes to its table. */
    private Stall stall(String sql) throws Exception {
        var isRunning = new AtomicBoolean(true);
        var begun = new CountDownLatch(10); // writes
        Callable<Duration> writer = () -> longestWrite(isRunning, begun);
        try (var threads = Executors.newSingleThreadExecutor()) {
            var longest = threads.submit(writer);
            assertTrue(begun.await(30, TimeUnit.SECONDS));
            var start = System.nanoTime();
            try {
                SqlRunner.execute(database, sql);
            } finally {
                isRunning.set(false);
            }
            return new Stall(Duration.ofNanos(System.nanoTime() - start), longest.get());
        }
    }

    private Duration longestWrite(AtomicBoolean isRunning, CountDownLatch begun) throws Exception {
        var longest = Duration.ZERO;
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            while (isRunning.get()) {
                var start = System.nanoTime();
                statement.executeUpdate("UPDATE numbers SET n = n + 1 WHERE id = 1");
                var time = Duration.ofNanos(System.nanoTime() - start);
                longest = time.compareTo(longest) > 0 ? time : longest;
                begun.countDown();
                Thread.sleep(1); // leaves the server something to work with
            }
        }
        return longest;
    }
}
