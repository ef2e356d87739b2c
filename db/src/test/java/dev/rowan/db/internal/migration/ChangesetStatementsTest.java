package dev.rowan.db.internal.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ChangesetStatementsTest {

    private static final String METADATA = "/META-INF/native-image/dev.rowan/rowan-db/reachability-metadata.json";

    /** A native image can make only the proxies that are registered. */
    @Test
    void itsProxiesAreRegisteredForNativeImages() throws Exception {
        var statement = proxy(Statement.class, (self, method, arguments) -> null);
        var connection = proxy(Connection.class, (self, method, arguments) -> statement);
        var giving = new ChangesetStatements(new ChangesetRecorder()).of(connection);
        requireRegistered(giving);
        requireRegistered(giving.createStatement());
    }

    private static void requireRegistered(Object proxy) throws Exception {
        assertTrue(Proxy.isProxyClass(proxy.getClass()));
        var type = proxy.getClass().getInterfaces()[0].getName();
        try (var file = ChangesetStatements.class.getResourceAsStream(METADATA)) {
            var text = new String(file.readAllBytes(), UTF_8);
            assertTrue(text.contains("{\"proxy\": [\"" + type + "\"]}"), type);
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
