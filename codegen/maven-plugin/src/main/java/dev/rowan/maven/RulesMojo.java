package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** A goal that needs to know which parts of the schema have sources, and what is configured about them. */
abstract class RulesMojo extends ChangelogMojo {

    /**
     * The image of the Docker container. The default is the environment variable {@code ROWAN_IMAGE}, otherwise
     * {@code mysql:9.7}.
     */
    @Parameter(property = "rowan.image")
    private @Nullable String image;

    /** A regular expression of the tables and views to include; all by default. */
    @Parameter(property = "rowan.includes", defaultValue = ".*")
    private String includes;

    /** A regular expression of the tables and views to exclude; none by default. */
    @Parameter(property = "rowan.excludes")
    private @Nullable String excludes;

    /**
     * The version columns of tables, one line for each: a regular expression that matches tables, and the name of the
     * column, or {@code none}. Without a line, it is the column {@code version}, if that can be one.
     *
     * <pre>
     * &lt;version&gt;
     *   &lt;line&gt;orders = revision&lt;/line&gt;
     *   &lt;line&gt;articles = none&lt;/line&gt;
     * &lt;/version&gt;
     * </pre>
     */
    @Parameter
    private List<@Nullable String> version = List.of();

    /**
     * Java types for columns, one per line: a regular expression that matches {@code table.column} or the column's
     * name; the fully qualified type; and, if the column needs one, the class of a jOOQ converter ({@code by}) or
     * binding ({@code by binding}).
     *
     * <pre>
     * &lt;types&gt;
     *   &lt;type&gt;users.settings = com.example.Settings&lt;/type&gt;
     *   &lt;type&gt;.*_price = com.example.Money by com.example.MoneyConverter&lt;/type&gt;
     * &lt;/types&gt;
     * </pre>
     *
     * These need no converter: for a JSON column any type that Jackson reads, for a text or ENUM column any enum, for
     * TIME {@link java.time.LocalTime}, for BINARY(16) {@link java.util.UUID}, and for TINYINT(1) {@link Byte}.
     */
    @Parameter
    private List<@Nullable String> types = List.of();

    /**
     * The relations of foreign keys and link tables, one line for each: a regular expression that matches {@code
     * table.constraint} or a link table, and {@code none}, or {@code many} for a to-many relation on the inverse side
     * of a unique foreign key.
     *
     * <pre>
     * &lt;relations&gt;
     *   &lt;relation&gt;orders.fk_orders_auditor = none&lt;/relation&gt;
     * &lt;/relations&gt;
     * </pre>
     */
    @Parameter
    private List<@Nullable String> relations = List.of();

    /**
     * The keys of views, and of tables without a primary key, one line for each: a regular expression that matches
     * views and tables, and the columns that identify a row.
     *
     * <pre>
     * &lt;keys&gt;
     *   &lt;key&gt;order_totals = order_id&lt;/key&gt;
     * &lt;/keys&gt;
     * </pre>
     */
    @Parameter
    private List<@Nullable String> keys = List.of();

    /**
     * Names in Java, one line for each: a table, {@code table.column} or {@code table.constraint}, and its name. A
     * foreign key may have two, for the relations in both directions. {@code wp_* = *} drops a prefix of tables.
     *
     * <pre>
     * &lt;names&gt;
     *   &lt;name&gt;users = Person&lt;/name&gt;
     *   &lt;name&gt;users.e_mail = email&lt;/name&gt;
     *   &lt;name&gt;orders.fk_orders_user = customer, purchases&lt;/name&gt;
     * &lt;/names&gt;
     * </pre>
     */
    @Parameter
    private List<@Nullable String> names = List.of();

    RulesMojo(RepositorySystem repositories, ToolchainManager toolchains, ProjectDependenciesResolver dependencies) {
        super(repositories, toolchains, dependencies);
    }

    /** Returns the options of a server, with the rules of the project. */
    Properties ruleOptions(@Nullable String server) {
        Properties options = server(server);
        options.setProperty(OptionKeys.IMAGE, setting(image, "ROWAN_IMAGE", "mysql:9.7"));
        options.setProperty(OptionKeys.INCLUDES, includes);
        options.setProperty(OptionKeys.EXCLUDES, excludes == null ? "" : excludes);
        options.setProperty(OptionKeys.VERSION, lines(version));
        options.setProperty(OptionKeys.TYPES, lines(types));
        options.setProperty(OptionKeys.RELATIONS, lines(relations));
        options.setProperty(OptionKeys.KEYS, lines(keys));
        options.setProperty(OptionKeys.NAMES, lines(names));
        return options;
    }

    /** Joins lines, each of which may span several lines of the pom; Maven reads an empty element as null. */
    private static String lines(List<@Nullable String> lines) {
        return lines.stream()
                .flatMap(Stream::ofNullable)
                .map(line -> line.replaceAll("\\s+", " "))
                .collect(Collectors.joining("\n"));
    }
}
