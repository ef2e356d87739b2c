package dev.rowan.internal.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.DatabaseException;
import dev.rowan.result.LoadResult;
import dev.rowan.result.LoadResult.Form;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.NetworkProxy;
import dev.rowan.testing.ShopDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server, or somebody between, may answer each statement with the demand for a file of the client's machine. */
class ForgedServerTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    @BeforeEach
    void filesAreLoaded() {
        assumeTrue(SHOP.loadForm() == Form.LOAD_DATA, "a server with local_infile=OFF is never sent a file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET SESSION",
                "START TRANSACTION",
                "SAVEPOINT",
                "load data local",
                "SHOW WARNINGS",
                "ROLLBACK TO",
                "COMMIT"
            })
    void noFileIsSentWhicheverStatementOfALoadIsAnsweredWithTheDemand(String statement, @TempDir Path folder)
            throws Exception {
        var secret = Files.writeString(folder.resolve("secret"), "canary-7391");
        try (var proxy = new NetworkProxy(SHOP.options());
                var database = Database.open(proxy.options())) {
            proxy.askForFileAt(statement, secret);

            // a null that the server changes: it warns, and the file is rolled back
            var last =
                    new UsersRecord().setName("last").setStatus(statement.equals("COMMIT") ? UsersStatus.ACTIVE : null);
            var users = new UsersRepository(database);
            assertThrows(DatabaseException.class, () -> users.load(Stream.concat(rows(100), Stream.of(last))));
            assertTrue(proxy.hasFailed());
            assertFalse(proxy.stolen().contains("canary"), proxy::stolen);
            assertEquals(
                    statement.equals("load data local"),
                    proxy.stolen().contains("user 1"),
                    () -> "sent: " + proxy.stolen());
        }
    }

    @Test
    void noConnectionForFilesIsOpenedWhereRowsMustBeInserted() throws Exception {
        try (var proxy = new NetworkProxy(SHOP.options())) {
            var options = proxy.options().withPoolSize(1);
            try (var database = Database.open(options)) {
                assertEquals(new LoadResult(100, Form.LOAD_DATA), new UsersRepository(database).load(rows(100)));
                assertEquals(2, proxy.accepted());
            }
            var url = options.url() + "&sessionVariables=max_error_count=0";
            try (var database = Database.open(
                    DatabaseOptions.of(url, options.user(), options.password()).withPoolSize(1))) {
                assertEquals(new LoadResult(100, Form.INSERTS), new UsersRepository(database).load(rows(100)));
                assertEquals(3, proxy.accepted());
            }
        }
    }

    private static Stream<UsersRecord> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new UsersRecord().setName("user " + i).setStatus(UsersStatus.ACTIVE));
    }
}
