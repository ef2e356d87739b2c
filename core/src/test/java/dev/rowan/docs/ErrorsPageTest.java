package dev.rowan.docs;

import static dev.rowan.shop.Tables.USERS;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.result.PageRequest;
import dev.rowan.shop.DefaultSchema;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the table of {@code docs/errors.md} lists every exception with the message that is really thrown. */
class ErrorsPageTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final int ANN = 1;

    /** A row of the table: the exception as the page writes it, and its message, with … for the parts that vary. */
    record Row(String error, String message) {

        @Override
        public String toString() {
            return error;
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("../docs/errors.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" *\\| *"))
                .map(cells -> new Row(cells[1], cells[6]));
    }

    @Test
    void theTableListsEveryErrorOnce() throws IOException {
        var all = kinds(DatabaseException.class)
                .flatMap(type -> type == TransientFailure.class
                        ? Arrays.stream(TransientFailure.Kind.values()).map(kind -> "`TransientFailure` " + kind)
                        : Stream.of("`" + type.getSimpleName() + "`"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(all, rows().map(Row::error).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(all.size(), rows().count());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ErrorsPageTest::kinds)
                : Stream.of(type);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void thePageShowsTheMessageThatIsThrown(Row row) {
        SHOP.users().insert(u -> u.setId(ANN).setEmail("ann@example.org"));
        SHOP.users().insert(u -> u.setEmail("bob@example.org"));
        var error = assertThrows(DatabaseException.class, requireNonNull(faults().get(row.error()), row.error()));
        var name = "`" + error.getClass().getSimpleName() + "`";
        assertEquals(row.error(), error instanceof TransientFailure failure ? name + " " + failure.kind() : name);
        var message =
                Arrays.stream(row.message().split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        assertTrue(error.getMessage().matches("(?s)" + message), error.getMessage());
    }

    private static Map<String, Executable> faults() {
        var users = SHOP.users();
        return Map.ofEntries(
                Map.entry("`UniqueViolation`", () -> users.insert(u -> u.setEmail("ann@example.org"))),
                Map.entry("`ForeignKeyViolation`", () -> SHOP.orders().insert(o -> o.setUserId(-1))),
                Map.entry("`CheckViolation`", () -> users.insert(u -> u.setAge(200))),
                Map.entry("`NotNullViolation`", () -> SHOP.orders().insert(o -> o.setNote(""))),
                Map.entry(
                        "`InvalidValue`",
                        () -> SHOP.orders()
                                .insert(o -> o.setUserId(ANN).setTotal(new BigDecimal("98765432109876.00")))),
                Map.entry("`RaisedSignal`", () -> raise(1644, "45000")),
                Map.entry("`StaleRecord`", ErrorsPageTest::writeAStaleRecord),
                Map.entry("`NotFound`", () -> users.get(-1)),
                Map.entry("`NotLoaded`", () -> users.get(ANN).orders()),
                Map.entry(
                        "`NotUnique`",
                        () -> users.where(USERS.EMAIL.isNotNull()).one()),
                Map.entry("`InvalidPageToken`", () -> users.all().page(PageRequest.at("?", 3))),
                Map.entry("`StatementTimeout`", () -> raise(3024, "HY000")),
                Map.entry("`TransientFailure` DEADLOCK", () -> raise(1213, "40001")),
                Map.entry("`TransientFailure` LOCK_TIMEOUT", () -> raise(1205, "HY000")),
                Map.entry("`TransientFailure` CONNECTION_LOST", () -> raise(1927, "70100")),
                Map.entry("`TransientFailure` READ_ONLY_SERVER", () -> raise(1836, "HY000")),
                Map.entry("`TransientFailure` TOO_MANY_CONNECTIONS", () -> raise(1040, "08004")),
                Map.entry("`TransientFailure` POOL_EXHAUSTED", ErrorsPageTest::takeAllConnections),
                Map.entry("`TransientFailure` UNREACHABLE", ErrorsPageTest::callNobody),
                Map.entry("`TransientFailure` INTERRUPTED", () -> raise(1317, "70100")),
                Map.entry("`TransientFailure` RENUMBERED", ErrorsPageTest::countInOtherSteps),
                Map.entry(
                        "`CommitOutcomeUnknown`",
                        () -> SHOP.database().dsl().execute("signal sqlstate '70100' set mysql_errno = 1927")),
                Map.entry("`AfterCommitFailure`", ErrorsPageTest::failAfterTheCommit),
                Map.entry("`SchemaMismatch`", ErrorsPageTest::checkAChangedSchema),
                Map.entry("`OtherFailure`", () -> SHOP.database().dsl().execute("selct 1")));
    }

    /** Raises an error of the server with SIGNAL. Other tests provoke the real errors. */
    private static void raise(int code, String state) {
        SHOP.database()
                .transaction(
                        TransactionOptions.standard().withRetry(RetryPolicy.never()),
                        session -> session.dsl()
                                .execute(
                                        "signal sqlstate '" + state + "' set mysql_errno = " + code
                                                + ", message_text = ?",
                                        "words"));
    }

    private static void countInOtherSteps() {
        SHOP.database().transaction(TransactionOptions.standard().withRetry(RetryPolicy.never()), session -> {
            var users = SHOP.users().in(session);
            users.insertAll(List.of(new UsersRecord(), new UsersRecord()));
            session.dsl().execute("set auto_increment_increment = 3");
            users.insertAll(List.of(new UsersRecord(), new UsersRecord()));
        });
    }

    private static void writeAStaleRecord() {
        var ann = SHOP.users().get(ANN);
        SHOP.users().update(ANN, u -> u.setAge(40));
        SHOP.users().update(ann.setAge(41));
    }

    private static void takeAllConnections() {
        try (var one = Database.open(SHOP.options().withPoolSize(1).withPoolTimeout(Duration.ofSeconds(2)))) {
            one.transaction(session -> one.dsl().fetchCount(USERS));
        }
    }

    private static void callNobody() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Database.open(DatabaseOptions.of("jdbc:mysql://127.0.0.1:" + port + "/shop", "app", ""))
                .close();
    }

    private static void checkAChangedSchema() {
        var dsl = SHOP.database().dsl();
        dsl.execute("alter table roles modify name varchar(40) not null");
        try {
            SHOP.database().check(DefaultSchema.DEFAULT_SCHEMA);
        } finally {
            dsl.execute("alter table roles modify name varchar(50) not null");
        }
    }

    private static void failAfterTheCommit() {
        SHOP.database()
                .transaction(session -> session.afterCommit(() -> {
                    throw new IllegalStateException("no mail today");
                }));
    }
}
