package dev.rowan.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.testing.ForcedRollback;
import dev.rowan.testing.NewRows;
import dev.rowan.testing.PlainSqlShop;
import dev.rowan.testing.RandomChanges;
import dev.rowan.testing.ShopDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random changes through a session, and the same changes by plain SQL, produce the same database. {@code
 * -Drowan.graphs=1000} sets the number of sessions, {@code -Drowan.seed=7} the seed of the first.
 */
class RandomGraphTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    @RegisterExtension
    static final ShopDatabase PLAIN_SQL = new ShopDatabase();

    private static final int GRAPHS = Integer.getInteger("rowan.graphs", 40);
    private static final long SEED = Long.getLong("rowan.seed", 1);

    /** The number of sessions that write to the same database before its rows are deleted. */
    private static final int SESSIONS_PER_DATABASE = 10;

    private static final int COMMIT = 1;
    private static final TransactionOptions OPTIONS =
            TransactionOptions.standard().withRetry(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1)));

    private final Database database = SHOP.database();
    private PlainSqlShop expected;
    private PlainSqlShop actual;

    @BeforeEach
    void connect() throws SQLException {
        expected = new PlainSqlShop(PLAIN_SQL.options());
        actual = new PlainSqlShop(SHOP.options());
    }

    @AfterEach
    void close() throws SQLException {
        expected.close();
        actual.close();
    }

    @Test
    void aSessionProducesTheSameDatabaseAsPlainSql() {
        for (long seed = SEED; seed < SEED + GRAPHS; seed++) {
            if ((seed - SEED) % SESSIONS_PER_DATABASE == 0) {
                deleteAllRows();
            }
            try {
                session(seed);
                assertEquals(expected.dump(), actual.dump());
            } catch (Throwable failure) {
                throw new AssertionError(
                        "with -Drowan.graphs=" + (1 + (seed - SEED) % SESSIONS_PER_DATABASE) + " -Drowan.seed="
                                + (seed - (seed - SEED) % SESSIONS_PER_DATABASE),
                        failure);
            }
        }
    }

    private void deleteAllRows() {
        for (var shop : new PlainSqlShop[] {expected, actual}) {
            for (var table : new String[] {"user_roles", "roles", "order_items", "orders", "users"}) {
                if (table.equals("users")) {
                    shop.run("update users set inviter_id = null");
                }
                shop.run("delete from " + table);
            }
        }
    }

    /**
     * Runs one session: most are committed at the first attempt, some after a transient failure, some are rolled back.
     */
    private void session(long seed) {
        var random = new Random(seed);
        var newRows = new NewRows((int) seed);
        var outcome = random.nextInt(10);
        var attempts = new int[1];
        var atCommit = new long[2];
        try {
            var options = random.nextInt(5) == 0 ? OPTIONS.withAutoFlush() : OPTIONS;
            database.transaction(options, session -> {
                attempts[0]++;
                newRows.assertNotWritten();
                expected.run("rollback");
                expected.run("start transaction");
                var changes = new RandomChanges(
                        random, seed + "." + attempts[0], database, session, options.autoFlush(), expected);
                changes.add(newRows);
                for (int i = 5 + random.nextInt(30); i > 0; i--) {
                    changes.next();
                }
                if (outcome == 0) {
                    throw new ForcedRollback();
                }
                if (outcome == 1 && attempts[0] == 1) {
                    throw new TransientFailure("the first attempt fails", Kind.DEADLOCK, null);
                }
                atCommit[0] = database.statistics().statements();
                atCommit[1] = changes.maxStatements();
            });
            var taken = database.statistics().statements() - atCommit[0] - COMMIT;
            assertTrue(taken <= atCommit[1], taken + " statements");
            expected.run("commit");
        } catch (ForcedRollback e) {
            expected.run("rollback");
            newRows.assertNotWritten();
        }
    }
}
