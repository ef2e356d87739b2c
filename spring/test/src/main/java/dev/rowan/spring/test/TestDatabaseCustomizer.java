package dev.rowan.spring.test;

import dev.rowan.junit.TestDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Connects the context of a test class to its database. Contexts of different classes are not equal.
 *
 * @param owner the class that has the database
 */
record TestDatabaseCustomizer(Class<?> owner) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
        var database = TestDatabaseExtension.of(owner);
        if (database == null) {
            throw new IllegalStateException(
                    "The database of " + owner.getName() + " is there during its tests, and none of them runs.");
        }
        var details = new RootBeanDefinition(JdbcConnectionDetails.class, () -> new Details(database));
        details.setPrimary(true);
        ((BeanDefinitionRegistry) context.getBeanFactory()).registerBeanDefinition("rowanTestDatabase", details);
    }

    private record Details(TestDatabase database) implements JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return database.user();
        }

        @Override
        public String getPassword() {
            return database.password();
        }

        @Override
        public String getJdbcUrl() {
            return database.url();
        }
    }

    /** Makes the customizer of each class with {@link UseTestDatabase}. */
    static final class Factory implements ContextCustomizerFactory {

        @Override
        public @Nullable ContextCustomizer createContextCustomizer(
                Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
            var owner = TestDatabaseExtension.owner(testClass);
            return AnnotatedElementUtils.hasAnnotation(owner, UseTestDatabase.class)
                    ? new TestDatabaseCustomizer(owner)
                    : null;
        }
    }
}
