package dev.rowan.spring.test;

import dev.rowan.spring.DatabaseCustomizer;
import java.util.Set;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Leaves out of the context of a {@link RowanTest} what a scan of the service finds, except for customizers. */
final class RowanTestFilter extends StandardAnnotationCustomizableTypeExcludeFilter<RowanTest> {

    /** @param testClass the class of the test */
    RowanTestFilter(Class<?> testClass) {
        super(testClass);
    }

    @Override
    protected Set<Class<?>> getKnownIncludes() {
        return Set.of(DatabaseCustomizer.class);
    }
}
