package dev.rowan.spring.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Closes the contexts of a class with {@link UseTestDatabase}, and of its nested classes, after its last test: no other
 * class can use them.
 */
final class ContextClosing implements TestExecutionListener, Ordered {

    /** Those of nested classes, by the class that has the database: they may have contexts of their own. */
    private static final Map<Class<?>, List<TestContext>> NESTED = new ConcurrentHashMap<>();

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE; // after all others at the end of a class
    }

    @Override
    public void afterTestClass(TestContext test) {
        var owner = TestDatabaseExtension.owner(test.getTestClass());
        if (!AnnotatedElementUtils.hasAnnotation(owner, UseTestDatabase.class)) {
            return;
        }
        if (owner.equals(test.getTestClass())) {
            var nested = NESTED.remove(owner);
            if (nested != null) {
                nested.forEach(ContextClosing::close);
            }
            close(test);
        } else {
            NESTED.computeIfAbsent(owner, key -> new CopyOnWriteArrayList<>()).add(test);
        }
    }

    private static void close(TestContext test) {
        if (test.hasApplicationContext()) {
            test.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
        }
    }
}
