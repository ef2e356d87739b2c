package dev.rowan.spring.test;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Closes the context of a class with {@link UseTestDatabase} after its last test: no other class can use it. */
final class ContextClosing implements TestExecutionListener, Ordered {

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE; // after all others at the end of a class
    }

    @Override
    public void afterTestClass(TestContext test) {
        var testClass = test.getTestClass();
        if (AnnotatedElementUtils.hasAnnotation(testClass, UseTestDatabase.class)
                && TestDatabaseExtension.owner(testClass).equals(testClass)
                && test.hasApplicationContext()) {
            test.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
        }
    }
}
