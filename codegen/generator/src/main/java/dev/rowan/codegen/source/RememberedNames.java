package dev.rowan.codegen.source;

import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jooq.codegen.AbstractDelegatingGeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.meta.Definition;

/** Remembers the names that another strategy gives: jOOQ asks for the same name wherever a source has it. */
final class RememberedNames extends AbstractDelegatingGeneratorStrategy {

    private final IdentityHashMap<Definition, String> identifiers = new IdentityHashMap<>();
    private final Remembered packages;
    private final Remembered classes;
    private final Remembered members;
    private final Remembered getters;
    private final Remembered setters;
    private final Remembered methods;

    RememberedNames(GeneratorStrategy names) {
        super(names);
        packages = new Remembered(names::getJavaPackageName);
        classes = new Remembered(names::getJavaClassName);
        members = new Remembered(names::getJavaMemberName);
        getters = new Remembered(names::getJavaGetterName);
        setters = new Remembered(names::getJavaSetterName);
        methods = new Remembered(names::getJavaMethodName);
    }

    @Override
    public String getJavaIdentifier(Definition definition) {
        return identifiers.computeIfAbsent(definition, delegate::getJavaIdentifier);
    }

    @Override
    public String getJavaPackageName(Definition definition, Mode mode) {
        return packages.of(definition, mode);
    }

    @Override
    public String getJavaClassName(Definition definition, Mode mode) {
        return classes.of(definition, mode);
    }

    @Override
    public String getJavaMemberName(Definition definition, Mode mode) {
        return members.of(definition, mode);
    }

    @Override
    public String getJavaGetterName(Definition definition, Mode mode) {
        return getters.of(definition, mode);
    }

    @Override
    public String getJavaSetterName(Definition definition, Mode mode) {
        return setters.of(definition, mode);
    }

    @Override
    public String getJavaMethodName(Definition definition, Mode mode) {
        return methods.of(definition, mode);
    }

    /** The names of one kind, by identity: a column and a key that are both called {@code id} equal each other. */
    private static final class Remembered {

        private final BiFunction<Definition, Mode, String> names;
        private final Map<Mode, IdentityHashMap<Definition, String>> known = new EnumMap<>(Mode.class);

        Remembered(BiFunction<Definition, Mode, String> names) {
            this.names = names;
        }

        String of(Definition definition, Mode mode) {
            return known.computeIfAbsent(mode, any -> new IdentityHashMap<>())
                    .computeIfAbsent(definition, each -> names.apply(each, mode));
        }
    }
}
