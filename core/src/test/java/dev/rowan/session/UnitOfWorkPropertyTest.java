package dev.rowan.session;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.Migrator;
import dev.rowan.db.ServerOptions;
import dev.rowan.session.SessionProgram.Call;
import dev.rowan.session.SessionProgram.Kind;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.jspecify.annotations.NullUnmarked;

/**
 * After each flush of random calls the database holds what a model in memory says, and the session's records hold what
 * the database does. {@code -Dsession.sequences=1000000} sets the number of programs, {@code -Dsession.seed=7} chooses
 * others. A failure prints the shortest program of its kind, as calls that a test can begin with.
 */
@NullUnmarked // opened before the property
class UnitOfWorkPropertyTest {

    private static final Map<String, Integer> OUTCOMES = new TreeMap<>();

    private static DatabaseServer server;
    private static String schemaName;
    private static Database database;
    private static SessionSchema schema;
    private static SessionTables tables;

    /** Takes the number of programs, and their seed, from system properties. */
    static final class Sequences implements AroundPropertyHook {

        @Override
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
            context.attributes().setTries(Integer.getInteger("session.sequences", 2000));
            context.attributes().setSeed(System.getProperty("session.seed", "1"));
            return property.execute();
        }
    }

    @BeforeContainer
    static void open() throws SQLException {
        server = DatabaseServer.start(ServerOptions.fromSystem());
        schemaName = "rowan_test_programs_"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        var url = server.createDatabase(schemaName);
        Migrator.of(url, server.user(), server.password(), "types/teams.sql").update();
        database = Database.open(DatabaseOptions.of(url, server.user(), server.password()));
        schema = new SessionSchema(cascadesTwice(url));
        checkEachReference(url);
        tables = new SessionTables(schema, database, url, server.user(), server.password());
    }

    /**
     * Returns whether the server updates rows that follow rows which follow a key. MySQL 9.7 refuses that, also if the
     * second table is empty; then the key of that table is dropped.
     */
    private static boolean cascadesTwice(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url, server.user(), server.password());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("insert into teams (code) values ('p')");
            statement.execute("insert into rounds (team_code, number) values ('p', 1), ('p', 2)");
            statement.execute("insert into goals (team_code, number) values ('p', 1)");
            try {
                statement.execute("update teams set code = 'q' where code = 'p'");
                return true;
            } catch (SQLIntegrityConstraintViolationException e) {
                statement.execute("rollback");
                statement.execute("alter table goals drop foreign key fk_goals_round");
                return false;
            } finally {
                connection.rollback();
            }
        }
    }

    /**
     * Makes the server check the teams of all players. MySQL 9.7 checks by the first index that begins with the foreign
     * key, and does not check a row with NULL in another column of it. Then the unique key begins with the other
     * column.
     */
    private static void checkEachReference(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url, server.user(), server.password());
                var statement = connection.createStatement()) {
            try {
                statement.execute("insert into players (name, team_code) values ('nobody', 'nowhere')");
            } catch (SQLIntegrityConstraintViolationException e) {
                return;
            }
            statement.execute("delete from players");
            statement.execute("alter table players add index ix_players_team (team_code)");
            statement.execute("alter table players drop index uk_players_shirt");
            statement.execute("alter table players add constraint uk_players_shirt unique (shirt, team_code)");
        }
    }

    @AfterContainer
    static void close() throws SQLException {
        tables.close();
        database.close();
        try (var connection = server.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop database " + schemaName);
        }
        server.close();
    }

    @Property(tries = 2_000, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(Sequences.class)
    void theDatabaseIsWhatTheProgramSaid(
            @ForAll("orders") int order, @ForAll("endings") int ending, @ForAll("programs") List<Call> calls) {
        var program = new SessionProgram(schema, tables, database, calls, OUTCOMES);
        program.run(order, ending == 0);
    }

    /** The order in which the tables are read; some are not read. */
    @Provide
    Arbitrary<Integer> orders() {
        return Arbitraries.integers().between(0, 999).withDistribution(RandomDistribution.uniform());
    }

    /** Of twenty programs one is committed, and the others are rolled back. */
    @Provide
    Arbitrary<Integer> endings() {
        return Arbitraries.integers().between(0, 19).withDistribution(RandomDistribution.uniform());
    }

    @Provide
    Arbitrary<List<Call>> programs() {
        var number = Arbitraries.integers().between(0, 63).withDistribution(RandomDistribution.uniform());
        var kind = Arbitraries.of(Arrays.stream(Kind.values())
                .flatMap(each -> Collections.nCopies(each.frequency(), each).stream())
                .toList());
        return Combinators.combine(kind, number, number, number, number)
                .as(Call::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(40);
    }
}
