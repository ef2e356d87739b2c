package dev.rowan.failure;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.Database;
import dev.rowan.error.UniqueViolation;
import dev.rowan.session.OverDataSourceTest;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.ShopDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A driver that fails while a statement or a connection is closed does not hide why the statement failed. */
class DriverFailureTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final String TAKEN = "ann@example.org";

    /** What is called on a statement, or on its connection, after the statement failed. */
    private static final Set<String> CLOSING =
            Set.of("close", "getWarnings", "getMoreResults", "isClosed", "getQueryTimeout", "setFetchSize");

    private final HikariDataSource pool = OverDataSourceTest.pool(SHOP.options(), OverDataSourceTest.SETTINGS, 2);

    @AfterEach
    void close() {
        pool.close();
    }

    record Call(String name, Consumer<Database> call) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Call> calls() {
        var write = "update users set email = ? where id = 2";
        return Stream.of(
                new Call("a repository", database -> new UsersRepository(database).update(2, u -> u.setEmail(TAKEN))),
                new Call(
                        "a repository in a session",
                        database -> database.transaction(session ->
                                new UsersRepository(database).in(session).update(2, u -> u.setEmail(TAKEN)))),
                new Call("dsl()", database -> database.dsl().execute(write, TAKEN)),
                new Call(
                        "dsl() of a session",
                        database ->
                                database.transaction(session -> session.dsl().execute(write, TAKEN))),
                new Call(
                        "dsl() in nested",
                        database -> database.transaction(session -> {
                            session.nested(inner -> inner.dsl().execute(write, TAKEN));
                        })));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theFailureOfTheStatementIsThrown(Call call) {
        SHOP.users().insert(u -> u.setId(1).setEmail(TAKEN));
        SHOP.users().insert(u -> u.setId(2));
        try (var database = Database.over(failing())) {
            assertThrows(UniqueViolation.class, () -> call.call().accept(database));
        }
    }

    private DataSource failing() {
        return new Failing(pool, null).as(DataSource.class);
    }

    /** Throws an unchecked exception when a statement that failed is closed, or the connection that it ran on. */
    private static final class Failing implements InvocationHandler {

        private final Object target;
        private final @Nullable Failing parent;
        private boolean failed;

        Failing(Object target, @Nullable Failing parent) {
            this.target = target;
            this.parent = parent;
        }

        <T> T as(Class<T> type) {
            return type.cast(
                    Proxy.newProxyInstance(DriverFailureTest.class.getClassLoader(), new Class<?>[] {type}, this));
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            var fails = failed && CLOSING.contains(method.getName());
            var result = call(method, arguments);
            if (fails) {
                throw new NullPointerException(method.getName());
            }
            if (result == null || method.getName().equals("unwrap")) {
                return result;
            }
            return switch (result) {
                case Connection connection -> new Failing(connection, this).as(Connection.class);
                case PreparedStatement statement -> new Failing(statement, this).as(PreparedStatement.class);
                case Statement statement -> new Failing(statement, this).as(Statement.class);
                default -> result;
            };
        }

        private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                if (parent != null && e.getCause() instanceof SQLException) {
                    failed = true;
                    parent.failed = true;
                }
                throw e.getCause();
            }
        }
    }
}
