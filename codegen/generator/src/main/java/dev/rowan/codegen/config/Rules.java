package dev.rowan.codegen.config;

import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.meta.jaxb.Property;

/**
 * What the project has configured, instead of what the generator decides by itself.
 *
 * @param version the version columns of tables
 * @param types the Java types of columns
 * @param relations the relations of foreign keys and link tables
 * @param keys the keys of views, and of tables without a primary key
 * @param names the names of classes, columns and relations
 */
public record Rules(
        List<VersionRule> version,
        List<TypeRule> types,
        List<RelationRule> relations,
        List<KeyRule> keys,
        List<NameRule> names) {

    /** The value that means: there is none. */
    static final String NONE = "none";

    /**
     * Reads the rules from options that the build has written, or from jOOQ's {@link #properties}.
     *
     * @throws IllegalArgumentException if a line is malformed
     */
    public static Rules of(Properties properties) {
        return new Rules(
                RuleLine.parseAll(OptionKeys.VERSION, properties, VersionRule::of),
                RuleLine.parseAll(OptionKeys.TYPES, properties, TypeRule::of),
                RuleLine.parseAll(OptionKeys.RELATIONS, properties, RelationRule::of),
                RuleLine.parseAll(OptionKeys.KEYS, properties, KeyRule::of),
                RuleLine.parseAll(OptionKeys.NAMES, properties, NameRule::of));
    }

    /** Returns the properties by which the rules reach the classes that jOOQ instantiates. */
    public List<Property> properties() {
        return List.of(
                property(OptionKeys.VERSION, version.stream().map(VersionRule::line)),
                property(OptionKeys.TYPES, types.stream().map(TypeRule::line)),
                property(OptionKeys.RELATIONS, relations.stream().map(RelationRule::line)),
                property(OptionKeys.KEYS, keys.stream().map(KeyRule::line)),
                property(OptionKeys.NAMES, names.stream().map(NameRule::line)));
    }

    private static Property property(String key, Stream<RuleLine> lines) {
        return new Property().withKey(key).withValue(lines.map(RuleLine::text).collect(Collectors.joining("\n")));
    }
}
