package dev.rowan.db.testing;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Resolves a {@link DataSource} parameter to a new, empty database, and a {@link DatabaseServer} parameter to the
 * server that holds it: one server per JVM, selected by {@code -Drowan.server}.
 */
public final class EmptyDatabaseExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(EmptyDatabaseExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == DataSource.class || type == DatabaseServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var server = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        "server", key -> DatabaseServer.start(ServerOptions.fromSystem()), DatabaseServer.class);
        if (parameter.getParameter().getType() == DatabaseServer.class) {
            return server;
        }
        var name = "rowan_test_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        var url = server.createDatabase(name);
        var dataSource = UnpooledDataSource.of(url, server.user(), server.password());
        AutoCloseable drop = () -> SqlRunner.execute(dataSource, "DROP DATABASE " + name);
        context.getStore(NAMESPACE).put(name, drop);
        return dataSource;
    }
}
