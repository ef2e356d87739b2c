package dev.rowan.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mysql.cj.NativeSession;
import com.mysql.cj.jdbc.JdbcConnection;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.internal.connection.HikariConnections;
import dev.rowan.testing.ShopDatabase;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectorJTest {

    private static final String ROWANS_SOCKET = "dev.rowan.internal.driver.TimeoutSocket";

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    @Test
    void thePoolUsesRowansSockets() throws SQLException, IOException {
        assertEquals(ROWANS_SOCKET, socketOf(with("sslMode=DISABLED&allowPublicKeyRetrieval=true")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISABLED", "PREFERRED"})
    void aReadOfASilentServerTimesOutWithTlsOrWithout(String tls) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", SHOP.options().user());
        properties.setProperty("password", SHOP.options().password());
        properties.setProperty("sslMode", tls);
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("socketTimeout", "300");
        properties.setProperty("socketFactory", ConnectorJ.socketFactory().orElseThrow());
        try (var connection = DriverManager.getConnection(SHOP.options().url(), properties);
                var statement = connection.createStatement()) {
            var failure = assertThrows(SQLException.class, () -> statement.execute("do sleep(50)"));
            var causes = Stream.<Throwable>iterate(failure, Throwable::getCause).takeWhile(cause -> cause != null);
            assertNotNull(causes.filter(SocketTimeoutException.class::isInstance)
                    .findFirst()
                    .orElse(null));
        }
    }

    private static DatabaseOptions with(String properties) {
        var options = SHOP.options();
        var url = options.url().replaceFirst("\\?.*", "") + "?" + properties;
        return DatabaseOptions.of(url, options.user(), options.password());
    }

    private static String socketOf(DatabaseOptions options) throws SQLException, IOException {
        try (var pool = HikariConnections.open(options)) {
            var connection = pool.borrow();
            var session = assertInstanceOf(
                    NativeSession.class, connection.unwrap(JdbcConnection.class).getSession());
            var socket = session.getProtocol().getSocketConnection().getMysqlSocket();
            pool.giveBack(connection);
            return socket.getClass().getName();
        }
    }
}
