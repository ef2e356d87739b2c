package dev.rowan.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Registers the files in the folder of the changelog, and below, for the migration that a native image runs. */
final class MigrationHints implements BeanRegistrationAotProcessor {

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        if (bean.getBeanClass() != RowanMigration.class) {
            return null;
        }
        var environment =
                bean.getBeanFactory().getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class);
        var changelog = RowanProperties.changelogName(environment);
        var folder = changelog.substring(0, changelog.lastIndexOf('/') + 1);
        return (context, code) ->
                context.getRuntimeHints().resources().registerPattern(folder.isEmpty() ? changelog : folder + "**");
    }
}
