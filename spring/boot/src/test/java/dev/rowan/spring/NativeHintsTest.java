package dev.rowan.spring;

import static dev.rowan.spring.schema.Tables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import dev.rowan.spring.schema.DefaultSchema;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** What a service that is processed ahead of time tells a native image. */
class NativeHintsTest {

    @Test
    void jooqCanMakeTheRecordsOfEveryTable() throws Exception {
        var hints = hints();
        assertThat(DefaultSchema.DEFAULT_SCHEMA.getTables()).isNotEmpty();
        for (var table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
            var constructor = table.newRecord().getClass().getDeclaredConstructor();
            assertThat(reflection().onConstructorInvocation(constructor)).accepts(hints);
        }
    }

    @Test
    void theSchemaIsReadFromItsClass() throws Exception {
        assertThat(reflection().onFieldAccess(DefaultSchema.class.getField("DEFAULT_SCHEMA")))
                .accepts(hints());
    }

    @Test
    void jacksonCanReadAndWriteTheTypesOfJsonColumns() throws Exception {
        var hints = hints();
        assertThat(reflection()
                        .onType(TypeReference.of(ORDERS.ADDRESS
                                .getBinding()
                                .converter()
                                .getClass()
                                .getName())))
                .accepts(hints);
        assertThat(reflection().onConstructorInvocation(Address.class.getDeclaredConstructors()[0]))
                .accepts(hints);
        assertThat(reflection().onMethodInvocation(Address.class.getMethod("city")))
                .accepts(hints);
    }

    @Test
    void theFilesOfTheChangelogAreHeld() {
        assertThat(resource().forResource("db/changelog/db.changelog-master.yaml"))
                .accepts(hints());
        assertThat(resource().forResource("db/changelog/shop.sql")).accepts(hints());
        var other = hints("rowan.changelog=classpath:/shop/main.sql");
        assertThat(resource().forResource("shop/tables/users.sql")).accepts(other);
        assertThat(resource().forResource("db/changelog/shop.sql")).rejects(other);
        assertThat(resource().forResource("main.sql")).accepts(hints("rowan.changelog=main.sql"));
        assertThat(resource().forResource("db/changelog/shop.sql")).rejects(hints("rowan.migrate=false"));
    }

    @Test
    void aPropertyMayHaveItsValueWhenTheServiceStarts() {
        assertThat(resource().forResource("db/changelog/shop.sql"))
                .accepts(hints("rowan.statement-timeout=${VALUE_OF_THE_SERVER}"));
    }

    /** A bean with a method that is retried. */
    static class Retried {

        @RetryOnTransientFailure
        void run() {}
    }

    @Test
    void springCanMakeThePredicateOfRetries() throws Exception {
        assertThat(reflection().onConstructorInvocation(TransientFailurePredicate.class.getDeclaredConstructor()))
                .accepts(hints());
    }

    private static RuntimeHints hints(String... properties) {
        var context = new AnnotationConfigApplicationContext();
        TestPropertyValues.of(properties)
                .and("spring.datasource.url=jdbc:mysql://localhost:1/shop")
                .applyTo(context);
        context.register(AheadOfTimeService.class, Retried.class);
        var generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get(AheadOfTimeService.class)), new InMemoryGeneratedFiles());
        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        return generation.getRuntimeHints();
    }
}
