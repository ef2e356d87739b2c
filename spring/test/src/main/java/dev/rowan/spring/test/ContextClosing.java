package dev.rowan.spring.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Closes the contexts of a class with {@link UseTestDatabase}, and of its nested classes, when the database ends: no
 * other class can use them. The class that has the database need not be a test of Spring.
 */
final class ContextClosing implements TestExecutionListener {

    /** The tests that have ended, and have contexts to close, by the class that has the database. */
    private static final Map<Class<?>, List<TestContext>> ENDED = new ConcurrentHashMap<>();

    /** Closes the contexts of the class that has the database, and of its nested classes. */
    static void closeAll(Class<?> owner) {
        var tests = ENDED.remove(owner);
        if (tests != null) {
            tests.forEach(ContextClosing::close);
        }
    }

    @Override
    public void afterTestClass(TestContext test) {
        var owner = TestDatabaseExtension.owner(test.getTestClass());
        if (AnnotatedElementUtils.hasAnnotation(owner, UseTestDatabase.class)) {
            ENDED.computeIfAbsent(owner, key -> new CopyOnWriteArrayList<>()).add(test);
        }
    }

    private static void close(TestContext test) {
        if (test.hasApplicationContext()) {
            test.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
        }
    }
}
