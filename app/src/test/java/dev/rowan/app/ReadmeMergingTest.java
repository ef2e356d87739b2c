package dev.rowan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.Database;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.app.schema.tables.records.UsersRecord;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.Merging;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compiles and runs the Java of {@code docs/merging.md}. */
final class ReadmeMergingTest {

    @RegisterExtension
    static final ServiceDatabase SERVICE = new ServiceDatabase();

    private final String url = SERVICE.options().url();
    private final String user = SERVICE.options().user();
    private final String password = SERVICE.options().password();

    @Test
    void concurrentInsertsAreMergedIntoFewerStatements() throws Exception {
        // README: merging
        var options = DatabaseOptions.of(url, user, password).withMerging(Merging.ALL);
        // end

        try (var database = Database.open(options);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var users = new UsersRepository(database);
            var inserts = new ArrayList<Callable<UsersRecord>>();
            for (int i = 0; i < 100; i++) {
                var name = "user " + i;
                inserts.add(() -> users.insert(u -> u.setName(name)));
            }
            var ids = new HashSet<Integer>();
            for (var inserted : threads.invokeAll(inserts)) {
                var id = inserted.get().getId();
                ids.add(id);
                assertEquals(inserted.get().getName(), users.get(id).getName());
            }
            assertEquals(100, ids.size());
        }
    }
}
