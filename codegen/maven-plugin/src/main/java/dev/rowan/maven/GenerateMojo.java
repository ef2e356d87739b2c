package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.lang.model.SourceVersion;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Generates typed tables, records and repositories from changelogs: starts a database server, applies the changelogs
 * and reads the schema. If nothing has changed since the last run, no server is started.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends ChangelogMojo {

    /** The package of the sources. */
    @Parameter(property = "rowan.packageName", required = true)
    private String packageName;

    /**
     * The database server: {@code auto} (the environment of the project if it is started, otherwise Docker if it is
     * running, otherwise embedded), {@code docker}, {@code embedded} (a MariaDB that is downloaded when it is first
     * used), or a URL that starts with {@code jdbc:mysql://}. The schema at a URL is read in every build and never
     * altered, unless {@link #migrate} is true. A server on another machine must use TLS and prove its identity,
     * unless the URL sets {@code sslMode}.
     * The default is the environment variable {@code ROWAN_SERVER}, otherwise {@code auto}.
     */
    @Parameter(property = "rowan.server")
    private @Nullable String server;

    /**
     * The image of the Docker container. The default is the environment variable {@code ROWAN_IMAGE}, otherwise
     * {@code mysql:9.7}.
     */
    @Parameter(property = "rowan.image")
    private @Nullable String image;

    /** Whether to apply the changelog to the database at a URL. It is always applied to other servers. */
    @Parameter(property = "rowan.migrate", defaultValue = "false")
    private boolean migrate;

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

    /**
     * The directory of the sources; other files in it are deleted, so each execution of this goal needs its own. The
     * default is {@code generated-sources/rowan}, or {@code generated-test-sources/rowan}, in the build directory; for
     * an execution with an {@code <id>}, {@code rowan-} and that id.
     */
    @Parameter
    private @Nullable File outputDirectory;

    /** Whether to skip the goal and leave the sources unchanged. */
    @Parameter(property = "rowan.skip", defaultValue = "false")
    private boolean skip;

    /** Called by Maven. */
    @Inject
    public GenerateMojo(
            RepositorySystem repositories, ToolchainManager toolchains, ProjectDependenciesResolver dependencies) {
        super(repositories, toolchains, dependencies);
    }

    @Override
    public void execute() throws MojoExecutionException {
        var layout = layout();
        Path sources = layout.sources(outputDirectory, execution.getExecutionId());
        layout.compile(sources);
        if (skip) {
            getLog().info("skipped   " + layout.relative(sources) + " is left unchanged");
            return;
        }
        try {
            generate(layout, sources);
        } catch (IOException e) {
            throw new MojoExecutionException("The sources could not be generated: " + e, e);
        }
    }

    private void generate(ProjectLayout layout, Path sources) throws IOException, MojoExecutionException {
        requireOwnDirectory(sources);
        Properties options = options(sources);
        var path = changelogPath();
        options.setProperty(OptionKeys.CHANGELOG, path.changelog());
        List<Artifact> artifacts =
                execution.getMojoDescriptor().getPluginDescriptor().getArtifacts();
        var lastRun = new LastRun(layout.stateFile(execution.getExecutionId()), sources);
        // others may have changed a live schema
        boolean live = options.getProperty(OptionKeys.SERVER).startsWith("jdbc:");
        if (!live && lastRun.matches(fingerprint(options, artifacts, path, lastRun.read()))) {
            getLog().info("unchanged " + lastRun.sourceCount() + " sources in " + layout.relative(sources));
            return;
        }
        requirePackageName();
        lastRun.delete();
        Set<String> read;
        Path work = layout.workDirectory(execution.getExecutionId());
        try {
            read = run(options, path.materialize(work.resolve("resources")), work);
        } finally {
            DirectoryTree.delete(work);
        }
        lastRun.save(fingerprint(options, artifacts, path, read), read);
    }

    private Set<String> run(Properties options, List<Path> changelogPath, Path work)
            throws IOException, MojoExecutionException {
        var complete = new Properties();
        complete.putAll(options);
        complete.setProperty(OptionKeys.CHANGELOG_PATH, joined(changelogPath));
        complete.setProperty(OptionKeys.WORK_DIRECTORY, work.toString());
        return process().run(complete).read();
    }

    private static String fingerprint(
            Properties options, List<Artifact> artifacts, ChangelogPath path, Collection<String> read)
            throws IOException {
        var fingerprint = new Fingerprint().addOptions(options).addFiles(read, path.rootsOf(read));
        artifacts.forEach(fingerprint::addArtifact);
        return fingerprint.finish();
    }

    /** Each execution deletes what it has not generated: two with one directory would delete each other's sources. */
    private void requireOwnDirectory(Path sources) throws MojoExecutionException {
        if (execution.getExecutionId().equals("default-cli")) {
            return;
        }
        String key = "sources of " + sources;
        Object other = project.getContextValue(key);
        project.setContextValue(key, execution.getExecutionId());
        if (other != null && !other.equals(execution.getExecutionId())) {
            throw new MojoExecutionException("The executions " + other + " and " + execution.getExecutionId()
                    + " generate into the same directory, " + sources
                    + ", where each would delete the sources of the other. Give one of them another outputDirectory.");
        }
    }

    private void requirePackageName() throws MojoExecutionException {
        if (!SourceVersion.isName(packageName)) {
            throw new MojoExecutionException("packageName is \"" + packageName
                    + "\", which is not a valid Java package. Separate names with dots, as in com.example.shop.");
        }
    }

    /** Returns the options that the generator reads. */
    private Properties options(Path sources) {
        Properties options = server(server);
        options.setProperty(OptionKeys.IMAGE, setting(image, "ROWAN_IMAGE", "mysql:9.7"));
        options.setProperty(OptionKeys.MIGRATE, String.valueOf(migrate));
        addSelection(options);
        options.setProperty(OptionKeys.PACKAGE_NAME, packageName);
        options.setProperty(OptionKeys.OUTPUT_DIRECTORY, sources.toString());
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
