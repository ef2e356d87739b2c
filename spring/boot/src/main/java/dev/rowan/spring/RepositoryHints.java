package dev.rowan.spring;

import dev.rowan.ReadRepository;
import dev.rowan.type.JsonConverter;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;

/**
 * Registers what a native image needs of the schema of each repository. jOOQ makes the records by reflection, {@link
 * SchemaCheck} reads the schema from its class, and Jackson reads and writes the types of JSON columns.
 */
final class RepositoryHints implements BeanRegistrationAotProcessor {

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        var type = bean.getBeanClass();
        return ReadRepository.class.isAssignableFrom(type)
                ? new Contribution(GeneratedRepositories.schema(type.getName()), type.getClassLoader())
                : null;
    }

    /** @param name the name of the class of the repository's schema */
    private record Contribution(String name, ClassLoader loader) implements BeanRegistrationAotContribution {

        @Override
        public void applyTo(GenerationContext context, BeanRegistrationCode code) {
            var hints = context.getRuntimeHints().reflection();
            var schema = SchemaCheck.schema(name, loader);
            hints.registerType(schema.getClass(), MemberCategory.ACCESS_PUBLIC_FIELDS);
            for (var table : schema.getTables()) {
                hints.registerType(table.getRecordType(), MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
                table.fieldStream().forEach(field -> register(field, hints));
            }
        }

        /** Jackson reads the type of a JSON column from the class of its converter. */
        private static void register(Field<?> field, ReflectionHints hints) {
            if (field.getBinding().converter() instanceof JsonConverter<?> converter) {
                var type = converter.getClass();
                hints.registerType(TypeReference.of(type.getName())); // by its name: it is anonymous
                new BindingReflectionHintsRegistrar()
                        .registerReflectionHints(
                                hints,
                                ResolvableType.forClass(JsonConverter.class, type)
                                        .getGeneric()
                                        .getType());
            }
        }
    }
}
