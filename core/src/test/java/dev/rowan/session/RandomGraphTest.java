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
 * -Drowan.graphs=1000} says how many sessions, {@code -Drowan.seed=7} which is the first.
 */
class RandomGraphTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    @RegisterExtension
    static final ShopDatabase TWIN = new ShopDatabase();

    private static final int GRAPHS = Integer.getInteger("rowan.graphs", 40);
    private static final long SEED = Long.getLong("rowan.seed", 1);

    /** How many sessions write to the same database before it is emptied. */
    private static final int IN_ONE = 10;

    private static final int COMMIT = 1;
    private static final TransactionOptions OPTIONS =
            TransactionOptions.standard().withRetry(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1)));

    private final Database database = SHOP.database();
    private PlainSqlShop twin;
    private PlainSqlShop made;

    @BeforeEach
    void twins() throws SQLException {
        twin = new PlainSqlShop(TWIN.options());
        made = new PlainSqlShop(SHOP.options());
    }

    @AfterEach
    void close() throws SQLException {
        twin.close();
        made.close();
    }

    @Test
    void aSessionProducesTheSameDatabaseAsPlainSql() {
        for (long seed = SEED; seed < SEED + GRAPHS; seed++) {
            if ((seed - SEED) % IN_ONE == 0) {
                empty();
            }
            try {
                session(seed);
                assertEquals(twin.dump(), made.dump());
            } catch (Throwable failure) {
                throw new AssertionError(
                        "with -Drowan.graphs=" + (1 + (seed - SEED) % IN_ONE) + " -Drowan.seed="
                                + (seed - (seed - SEED) % IN_ONE),
                        failure);
            }
        }
    }

    private void empty() {
        for (var each : new PlainSqlShop[] {twin, made}) {
            for (var table : new String[] {"user_roles", "roles", "order_items", "orders", "users"}) {
                if (table.equals("users")) {
                    each.run("update users set inviter_id = null");
                }
                each.run("delete from " + table);
            }
        }
    }

    /**
     * Runs one session: most are committed at the first attempt, some after a transient failure, some are rolled back.
     */
    private void session(long seed) {
        var random = new Random(seed);
        var outside = new NewRows((int) seed);
        var fate = random.nextInt(10);
        var attempts = new int[1];
        var atCommit = new long[2];
        try {
            var options = random.nextInt(5) == 0 ? OPTIONS.withAutoFlush() : OPTIONS;
            database.transaction(options, session -> {
                attempts[0]++;
                outside.requireUnwritten();
                twin.run("rollback");
                twin.run("start transaction");
                var changes = new RandomChanges(
                        random, seed + "." + attempts[0], database, session, options.autoFlush(), twin);
                changes.add(outside);
                for (int i = 5 + random.nextInt(30); i > 0; i--) {
                    changes.next();
                }
                if (fate == 0) {
                    throw new ForcedRollback();
                }
                if (fate == 1 && attempts[0] == 1) {
                    throw new TransientFailure("once", Kind.DEADLOCK, null);
                }
                atCommit[0] = database.statistics().statements();
                atCommit[1] = changes.most();
            });
            var taken = database.statistics().statements() - atCommit[0] - COMMIT;
            assertTrue(taken <= atCommit[1], taken + " statements");
            twin.run("commit");
        } catch (ForcedRollback e) {
            twin.run("rollback");
            outside.requireUnwritten();
        }
    }
}
