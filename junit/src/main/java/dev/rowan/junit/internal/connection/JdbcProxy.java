package dev.rowan.junit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** What stands before an object of the driver's; {@code unwrap} reaches that. */
abstract class Watched implements InvocationHandler {

    private final Object target;

    Watched(Object target) {
        this.target = target;
    }

    /** Answers a call of the proxy, by {@link #call} or otherwise. */
    abstract @Nullable Object answer(Method method, @Nullable Object[] arguments) throws Throwable;

    @Override
    @SuppressWarnings("ReferenceEquality") // a proxy equals itself alone
    public final @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        var given = arguments == null ? new Object[0] : arguments;
        return switch (method.getName()) {
            case "equals" -> proxy == given[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "watched " + target.getClass().getSimpleName(); // the driver's shows bound values
            default -> answer(method, given);
        };
    }

    /** Lets the driver answer. */
    final @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    final <T> T as(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(Watched.class.getClassLoader(), new Class<?>[] {type}, this));
    }
}
