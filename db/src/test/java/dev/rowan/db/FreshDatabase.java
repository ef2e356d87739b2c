package dev.rowan.db;

import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test an empty database of its own, on the one server of the JVM that {@code -Drowan.server} names. */
final class FreshDatabase implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(FreshDatabase.class);

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
        var name = "test_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        var dataSource = PlainConnections.to(server.createDatabase(name), server.user(), server.password());
        AutoCloseable drop = () -> Sql.execute(dataSource, "DROP DATABASE " + name);
        context.getStore(NAMESPACE).put(name, drop);
        return dataSource;
    }
}
