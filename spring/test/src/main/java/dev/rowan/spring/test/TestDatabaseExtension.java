package dev.rowan.spring.test;

import dev.rowan.junit.TestDatabase;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Makes the databases of test classes with {@link UseTestDatabase}. Thread-safe. */
final class TestDatabaseExtension implements BeforeAllCallback, TestInstancePreConstructCallback, BeforeEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(TestDatabaseExtension.class);
    private static final Map<Class<?>, TestDatabase> DATABASES = new ConcurrentHashMap<>();

    /** Returns the database of the test class that has the annotation; null if none of its tests runs now. */
    static @Nullable TestDatabase of(Class<?> testClass) {
        return DATABASES.get(testClass);
    }

    /** Returns the class that the database belongs to: a nested class has that of the class around it. */
    static Class<?> owner(Class<?> testClass) {
        var around = testClass.getEnclosingClass();
        return around == null || Modifier.isStatic(testClass.getModifiers()) ? testClass : owner(around);
    }

    private static TestDatabase database(ExtensionContext context) {
        return DATABASES.computeIfAbsent(owner(context.getRequiredTestClass()), TestDatabaseExtension::declared);
    }

    private static TestDatabase declared(Class<?> testClass) {
        var annotation = AnnotatedElementUtils.findMergedAnnotation(testClass, UseTestDatabase.class);
        if (annotation == null) {
            throw new IllegalStateException(testClass.getName() + " has no @UseTestDatabase.");
        }
        return TestDatabase.of(annotation.changelog())
                .withContexts(annotation.contexts())
                .restoring();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        try {
            database(context).beforeAll(context);
        } finally {
            closeAfter(context);
        }
    }

    /** Closes the contexts when the class has ended, after Spring's listeners and before the schema is dropped. */
    private static void closeAfter(ExtensionContext context) {
        var testClass = context.getRequiredTestClass();
        if (owner(testClass).equals(testClass)) {
            AutoCloseable end = () -> {
                ContextClosing.closeAll(testClass);
                DATABASES.remove(testClass);
            };
            context.getStore(NAMESPACE).put(testClass, end);
        }
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context)
            throws SQLException {
        database(context).preConstructTestInstance(factory, context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        database(context).beforeEach(context);
    }
}
