package dev.rowan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class TemporaryDirectoryTest {

    /** As a command that ends and its shutdown hook do. */
    @Test
    void twoThreadsMayDeleteIt() throws Exception {
        for (int i = 0; i < 20; i++) {
            var directory = TemporaryDirectory.create();
            for (int file = 0; file < 100; file++) {
                Files.createDirectories(directory.path().resolve("folder" + file + "/inner"));
            }
            Callable<Void> delete = () -> {
                directory.close();
                return null;
            };
            List<Future<Void>> ends;
            try (var threads = Executors.newFixedThreadPool(2)) {
                ends = threads.invokeAll(List.of(delete, delete));
            }

            for (var end : ends) {
                assertEquals(Future.State.SUCCESS, end.state());
            }
            assertFalse(Files.exists(directory.path()));
        }
    }
}
