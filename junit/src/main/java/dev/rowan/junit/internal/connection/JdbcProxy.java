package dev.rowan.junit.internal.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A proxy for one of the driver's objects, which {@code unwrap} still reaches. */
abstract class JdbcProxy implements InvocationHandler {

    private final Object target;

    JdbcProxy(Object target) {
        this.target = target;
    }

    /** Handles a call, with {@link #callTarget} or in another way. */
    abstract @Nullable Object handle(Method method, @Nullable Object[] arguments) throws Throwable;

    @Override
    @SuppressWarnings("ReferenceEquality") // a proxy equals only itself
    public final @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        var given = arguments == null ? new Object[0] : arguments;
        return switch (method.getName()) {
            case "equals" -> proxy == given[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" ->
                "tracked " + target.getClass().getSimpleName(); // the driver's string form shows bound values
            default -> handle(method, given);
        };
    }

    /** Passes the call on to the driver. */
    final @Nullable Object callTarget(Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    final <T> T as(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(JdbcProxy.class.getClassLoader(), new Class<?>[] {type}, this));
    }
}
