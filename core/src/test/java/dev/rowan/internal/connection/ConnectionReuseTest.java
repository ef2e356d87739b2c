package dev.rowan.internal.connection;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.UniqueViolation;
import dev.rowan.testing.ShopDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.ConnectionRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Session state that a caller leaves on a connection never reaches the next borrower. The pool has one connection. */
class ConnectionReuseTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = Database.open(SHOP.options().withPoolSize(1));

    @AfterEach
    void close() {
        assertEquals(0, database.statistics().connectionsInUse());
        database.close();
    }

    /** A statement that leaves session state on a connection, and a query that finds it. */
    record Residue(String what, String query, String clean, List<String> leave) {

        static Residue of(String what, String query, String clean, String... leave) {
            return new Residue(what, query, clean, List.of(leave));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Residue> residues() {
        return Stream.of(
                Residue.of("a user variable", "select coalesce(@kept, 'none')", "none", "set @kept = 'some'"),
                Residue.of(
                        "a variable set by a query",
                        "select coalesce(@kept, 'none')",
                        "none",
                        "select 'some' into @kept"),
                Residue.of(
                        "a variable set in an expression",
                        "select coalesce(@kept, 'none')",
                        "none",
                        "select @kept := 'some'"),
                Residue.of(
                        "a variable set after a comment",
                        "select coalesce(@kept, 'none')",
                        "none",
                        "/* it's */ set @kept = 1"),
                Residue.of("sql_mode", "select @@sql_mode like '%STRICT%'", "1", "set sql_mode = ''"),
                Residue.of(
                        "time_zone", "select timediff(now(), utc_timestamp())", "00:00:00", "set time_zone = '+5:00'"),
                Residue.of("foreign_key_checks", "select @@foreign_key_checks", "1", "set foreign_key_checks = 0"),
                Residue.of("lock_wait_timeout", "select @@lock_wait_timeout = 7", "0", "set lock_wait_timeout = 7"),
                Residue.of(
                        "isolation",
                        "select @@session.transaction_isolation",
                        "REPEATABLE-READ",
                        "set session transaction isolation level serializable"),
                Residue.of("autocommit", "select @@autocommit", "1", "set autocommit = 0"),
                Residue.of(
                        "a lock by name",
                        "select coalesce(is_used_lock('kept') = connection_id(), 0)",
                        "0",
                        "select get_lock('kept', 30)"),
                Residue.of(
                        "a temporary table",
                        "select count(*) from roles where id = -7",
                        "0",
                        "create temporary table roles select -7 as id"),
                Residue.of("locked tables", "select count(*) from roles", "0", "lock tables users read"),
                Residue.of("the schema", "select database() = 'information_schema'", "0", "use information_schema"),
                Residue.of("a prepared statement", "execute kept", "refused", "prepare kept from 'select 1'"),
                Residue.of(
                        "an open transaction",
                        "select count(*) from users where name = 'left open'",
                        "0",
                        "start transaction",
                        "insert into users (name) values ('left open')"));
    }

    @ParameterizedTest
    @MethodSource("residues")
    void noStateOfAStatementOfJooqStays(Residue residue) {
        database.dsl().execute(residue.leave().getFirst());

        database.dsl().connection(connection -> assertEquals(residue.clean(), answer(connection, residue.query())));
    }

    @ParameterizedTest
    @MethodSource("residues")
    void noStateOfTheConnectionItselfStays(Residue residue) {
        database.dsl().connection(connection -> {
            leave(connection, residue);
            assertNotEquals(residue.clean(), answer(connection, residue.query()));
        });

        database.dsl().connection(connection -> assertEquals(residue.clean(), answer(connection, residue.query())));
    }

    @ParameterizedTest
    @MethodSource("residues")
    void noStateOfATransactionStays(Residue residue) {
        var endsIt =
                List.of("locked tables", "autocommit", "an open transaction").contains(residue.what());
        if (endsIt) {
            assertThrows(
                    IllegalStateException.class,
                    () -> database.transaction(session -> session.dsl().connection(c -> leave(c, residue))));
        } else {
            database.transaction(session -> session.dsl().connection(c -> leave(c, residue)));
        }

        database.dsl().connection(connection -> assertEquals(residue.clean(), answer(connection, residue.query())));
    }

    @Test
    void aTransactionCannotBeEndedThroughItsConnection() {
        var ends = List.<ConnectionRunnable>of(
                c -> c.commit(),
                c -> c.rollback(),
                c -> c.setAutoCommit(true),
                c -> c.createStatement().execute("commit"),
                c -> c.prepareStatement("truncate table roles"));
        for (var end : ends) {
            assertThrows(
                    IllegalStateException.class,
                    () -> database.transaction(session -> {
                        session.dsl()
                                .insertInto(USERS, USERS.NAME)
                                .values("Ann")
                                .execute();
                        session.dsl().connection(end);
                    }));
        }
        assertEquals(0, database.dsl().fetchCount(USERS));
    }

    private static void leave(Connection connection, Residue residue) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var text : residue.leave()) {
                statement.execute(text);
            }
        }
    }

    /** Runs a query that does not mark the connection. */
    private static String answer(Connection connection, String query) {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            return "refused";
        }
    }

    @Test
    void jdbcSettingsDoNotStay() {
        database.dsl().connection(connection -> {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setCatalog("information_schema");
            connection.createStatement().executeUpdate("set @kept = 1");
        });

        database.dsl().connection(connection -> {
            assertTrue(connection.getAutoCommit());
            assertEquals(Connection.TRANSACTION_REPEATABLE_READ, connection.getTransactionIsolation());
            assertNotEquals("information_schema", connection.getCatalog());
        });
    }

    @Test
    void ordinaryUseOfJooqKeepsTheConnection() {
        var before = connectionId();
        var dsl = database.dsl();

        dsl.insertInto(USERS, USERS.NAME, USERS.EMAIL)
                .values("Ann", "ann@example.org")
                .execute();
        dsl.update(USERS).set(USERS.NAME, "O'Hara; @home -- /* # get_lock */").execute();
        dsl.select(USERS.ID)
                .from(USERS)
                .where(USERS.EMAIL.eq(org.jooq.impl.DSL.inline("ann")))
                .fetch();
        dsl.selectFrom(USERS).union(dsl.selectFrom(USERS)).fetch();
        dsl.with("u").as(dsl.selectFrom(USERS)).selectFrom("u").fetch();
        dsl.batch("delete from roles", "update users set age = 1").execute();
        dsl.batch(dsl.insertInto(USERS, USERS.NAME).values("Bob")).execute();
        dsl.fetch("/* named */ select * from users where email = ?", "ann@example.org");
        dsl.selectFrom(USERS).fetchStream().close();
        assertThrows(
                UniqueViolation.class,
                () -> dsl.insertInto(USERS, USERS.EMAIL)
                        .values("ann@example.org")
                        .execute());
        database.transaction(session -> {
            session.dsl().transaction(inner -> inner.dsl().deleteFrom(USERS).execute());
            session.dsl().selectFrom(USERS).fetch();
        });

        assertEquals(before, connectionId());
    }

    @Test
    void aReturnedConnectionRejectsFurtherCalls() {
        var kept = new ArrayList<Connection>();
        database.dsl().connection(connection -> {
            connection.close();
            assertEquals("1", answer(connection, "select 1"), "closing it is not the borrower's business");
            kept.add(connection);
        });

        assertThrows(SQLException.class, () -> kept.getFirst().createStatement());
    }

    @Test
    void aConnectionWhoseStatementWasKilledIsReplaced() {
        try (var impatient =
                Database.open(SHOP.options().withPoolSize(1).withStatementTimeout(Duration.ofSeconds(1)))) {
            var before = impatient.dsl().fetchValue("select connection_id()");
            var slow = "select count(*) from information_schema.columns a, information_schema.columns b,"
                    + " information_schema.columns c, information_schema.columns d";
            assertThrows(StatementTimeout.class, () -> impatient.dsl().fetchValue(slow));
            assertNotEquals(before, impatient.dsl().fetchValue("select connection_id()"));
        }
    }

    private Object connectionId() {
        return database.dsl().fetchValue("select connection_id()");
    }
}
