package dev.rowan.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.Database;
import dev.rowan.config.DataSourceOptions;
import dev.rowan.config.Merging;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Over a DataSource, calls of threads without a transaction are merged, and those within one are part of it. */
@Timeout(60)
class MergedOverDataSourceTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final int CALLERS = 5;

    private final HikariDataSource pool = pool();
    private final DataSourceTransactionManager manager = new DataSourceTransactionManager(pool);
    private final TransactionTemplate service = new TransactionTemplate(manager);
    private final Database database = Database.over(
            new TransactionAwareDataSourceProxy(pool),
            DataSourceOptions.standard()
                    .withTransactions(new SpringBridge(manager, pool))
                    .withMerging(Merging.READS, 1));
    private final UsersRepository users = new UsersRepository(database);

    private static HikariDataSource pool() {
        var pool = OverDataSourceTest.pool(SHOP.options(), OverDataSourceTest.SETTINGS, 1);
        pool.setConnectionTimeout(50_000);
        return pool;
    }

    @AfterEach
    void close() {
        database.close();
        pool.close();
    }

    /** Starts calls while the only connection is in use, so that those after the first are queued. */
    private List<Future<UsersRecord>> callers(ExecutorService threads, int id) {
        var calls = new ArrayList<Future<UsersRecord>>();
        Callable<UsersRecord> call = () -> users.get(id);
        calls.add(threads.submit(call));
        while (pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0) {
            Thread.onSpinWait();
        }
        for (int i = 1; i < CALLERS; i++) {
            calls.add(threads.submit(call));
        }
        while (database.statistics().callersWaiting() < CALLERS - 1) {
            Thread.onSpinWait();
        }
        return calls;
    }

    @Test
    void callsOfThreadsWithoutATransactionShareAStatement() {
        var id = users.insertAndGet(u -> u.setName("Ann")).getId();
        var before = database.statistics().statements();

        var calls = new ArrayList<Future<UsersRecord>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            service.executeWithoutResult(status -> calls.addAll(callers(threads, id)));
        }

        calls.forEach(call -> assertEquals("Ann", call.resultNow().getName()));
        assertEquals(2, database.statistics().statements() - before, "one alone, and one for all others");
    }

    @Test
    void aCallWithinATransactionIsPartOfIt() {
        var ann = users.insertAndGet(u -> u.setName("Ann")).getId();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            service.executeWithoutResult(status -> {
                var bob = users.insertAndGet(u -> u.setName("Bob")).getId();
                var calls = callers(threads, ann);
                assertEquals("Bob", users.get(bob).getName(), "it does not wait with the others");
                assertTrue(calls.stream().noneMatch(Future::isDone));
            });
        }
    }

    @Test
    void withoutABridgeNothingCanBeMerged() {
        var options = DataSourceOptions.standard().withMerging(Merging.READS, 1);
        assertThrows(IllegalArgumentException.class, () -> Database.over(pool, options));
        assertThrows(
                IllegalArgumentException.class,
                () -> DataSourceOptions.standard().withMerging(Merging.ALL, 0));
    }
}
