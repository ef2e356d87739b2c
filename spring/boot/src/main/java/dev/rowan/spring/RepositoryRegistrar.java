package dev.rowan.spring;

import dev.rowan.Database;
import java.beans.Introspector;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Makes each generated repository a bean, under the name of its class: {@code usersRepository}. If that is the name of
 * another bean, such as a repository of another schema, the name is that of the class with its package. A repository
 * is created when it is first used. The schemas of the repositories are checked when the service starts.
 */
final class RepositoryRegistrar implements ImportBeanDefinitionRegistrar {

    private static final Logger LOG = LoggerFactory.getLogger(RepositoryRegistrar.class);

    private final Environment environment;
    private final BeanFactory beans;
    private final ClassLoader loader;

    /** Called by Spring, which finds the arguments. */
    RepositoryRegistrar(Environment environment, BeanFactory beans, ClassLoader loader) {
        this.environment = environment;
        this.beans = beans;
        this.loader = loader;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        var packages = packages();
        var repositories = GeneratedRepositories.in(packages, loader);
        if (repositories.classes().isEmpty()) {
            LOG.warn(
                    "There are no generated repositories in {} and packages below, so none is a bean, and no schema is"
                            + " checked. The property rowan.packages names other packages.",
                    packages);
            return;
        }
        repositories.classes().forEach(type -> register(type, registry));
        if (environment.getProperty("rowan.check", Boolean.class, true)) {
            registry.registerBeanDefinition("rowanSchemaCheck", check(repositories.schemas()));
        }
    }

    private List<String> packages() {
        return Binder.get(environment)
                .bind("rowan.packages", Bindable.listOf(String.class))
                .orElseGet(
                        () -> AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of());
    }

    private void register(String type, BeanDefinitionRegistry registry) {
        var name = Introspector.decapitalize(ClassUtils.getShortName(type));
        if (!registry.containsBeanDefinition(name)) {
            registry.registerBeanDefinition(name, repository(type));
        } else if (!isOfType(name, type)) {
            registry.registerBeanDefinition(type, repository(type));
        }
    }

    /** Returns whether a bean is this repository already, by a method of the service's. */
    private boolean isOfType(String name, String type) {
        var present = beans.getType(name, false);
        return present != null && present.getName().equals(type);
    }

    private static RootBeanDefinition repository(String type) {
        var definition = new RootBeanDefinition();
        definition.setBeanClassName(type);
        definition.getConstructorArgumentValues().addGenericArgumentValue(new RuntimeBeanReference(Database.class));
        definition.setNonPublicAccessAllowed(false); // the other constructor is that of sessions
        definition.setLazyInit(true);
        return definition;
    }

    private static RootBeanDefinition check(List<String> schemas) {
        var definition = new RootBeanDefinition(SchemaCheck.class);
        definition.getConstructorArgumentValues().addGenericArgumentValue(new RuntimeBeanReference(Database.class));
        definition.getConstructorArgumentValues().addGenericArgumentValue(schemas);
        definition.setLazyInit(false);
        return definition;
    }
}
