package dev.rowan.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.lang.model.SourceVersion;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Generates typed tables, records and repositories from changelogs: raises a database, applies the changelogs to it and
 * reads its schema. When nothing has changed, nothing is started.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends AbstractMojo {

    /** The class-path name of the changelog, as it is under {@code src/main/resources} or in a dependency of the plugin. */
    @Parameter(property = "rowan.changelog", defaultValue = "db/changelog/db.changelog-master.yaml")
    private String changelog;

    /** The package of the sources. */
    @Parameter(property = "rowan.packageName", required = true)
    private String packageName;

    /**
     * The server: {@code auto} (Docker if an engine answers, else embedded), {@code docker}, {@code embedded} (a MariaDB
     * that is fetched when first needed), or a URL that begins with {@code jdbc:mysql://}. The schema of a given URL is
     * read at each build, and altered only if {@link #migrate} says so. The default is the environment's
     * {@code ROWAN_SERVER}, else {@code auto}.
     */
    @Parameter(property = "rowan.server")
    private @Nullable String server;

    /** The image of the container. The default is the environment's {@code ROWAN_IMAGE}, else {@code mysql:9.7}. */
    @Parameter(property = "rowan.image")
    private @Nullable String image;

    /** Who signs in at a given URL. The default is the environment's {@code ROWAN_USER}, else what the URL says. */
    @Parameter(property = "rowan.user")
    private @Nullable String user;

    /** The password at a given URL. The default is the environment's {@code ROWAN_PASSWORD}, else what the URL says. */
    @Parameter(property = "rowan.password")
    private @Nullable String password;

    /** Whether the changelog is applied to the database of a given URL; to others it always is. */
    @Parameter(property = "rowan.migrate", defaultValue = "false")
    private boolean migrate;

    /** A regular expression of the tables and views to include; all by default. */
    @Parameter(property = "rowan.includes", defaultValue = ".*")
    private String includes;

    /** A regular expression of the tables and views to leave out; none by default. */
    @Parameter(property = "rowan.excludes")
    private @Nullable String excludes;

    /**
     * Java types of your own for columns, one a line: a regular expression of {@code table.column}, or of the column's
     * name alone; the type with its package; and, where the column's own type has none, the class of a jOOQ converter
     * ({@code by}) or binding ({@code by binding}).
     *
     * <pre>
     * &lt;types&gt;
     *   &lt;type&gt;users.settings = com.example.Settings&lt;/type&gt;
     *   &lt;type&gt;.*_price = com.example.Money by com.example.MoneyConverter&lt;/type&gt;
     * &lt;/types&gt;
     * </pre>
     *
     * A JSON column takes any type that Jackson reads, a column of text or ENUM any enum of yours, TIME
     * {@link java.time.LocalTime}, BINARY(16) {@link java.util.UUID} and TINYINT(1) {@link Byte}.
     */
    @Parameter
    private List<String> types = List.of();

    /** Whether the sources are for the tests. */
    @Parameter(defaultValue = "false")
    private boolean testSources;

    /**
     * The directory of the sources, which must hold nothing else. The default is {@code generated-sources/rowan}, or
     * {@code generated-test-sources/rowan}, in the build directory.
     */
    @Parameter
    private @Nullable File outputDirectory;

    /** Whether to leave the sources as they are. */
    @Parameter(property = "rowan.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true)
    private MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true)
    private MojoExecution execution;

    private final RepositorySystem repositories;
    private final ToolchainManager toolchains;

    /** Called by Maven. */
    @Inject
    public GenerateMojo(RepositorySystem repositories, ToolchainManager toolchains) {
        this.repositories = repositories;
        this.toolchains = toolchains;
    }

    @Override
    public void execute() throws MojoExecutionException {
        Path output = output();
        if (testSources) {
            project.addTestCompileSourceRoot(output.toString());
        } else {
            project.addCompileSourceRoot(output.toString());
        }
        if (skip) {
            getLog().info("skipped   " + shown(output) + " stays as it is");
            return;
        }
        try {
            generate(output);
        } catch (IOException e) {
            throw new MojoExecutionException("The sources could not be generated: " + e, e);
        }
    }

    private void generate(Path output) throws IOException, MojoExecutionException {
        Properties options = options(output);
        List<Artifact> artifacts =
                execution.getMojoDescriptor().getPluginDescriptor().getArtifacts();
        List<Path> resources = resources();
        var fingerprint = new Fingerprint().options(options).changelogs(resources);
        artifacts.forEach(fingerprint::artifact);
        String digest = fingerprint.toString();

        var last = new LastRun(buildDirectory().resolve("rowan/" + execution.getExecutionId()), output);
        // somebody else may have changed a live schema
        boolean live = options.getProperty("server").startsWith("jdbc:");
        if (!live && last.matches(digest)) {
            getLog().info("unchanged " + last.sources() + " sources in " + shown(output));
            return;
        }
        requirePackageName();
        last.forget();
        List<Path> classPath = new ArrayList<>(resources);
        artifacts.forEach(artifact -> classPath.add(artifact.getFile().toPath()));
        new GeneratorProcess(java(), classPath, project.getBasedir(), this::fetch, getLog()).run(options);
        last.save(digest);
    }

    private void requirePackageName() throws MojoExecutionException {
        if (!SourceVersion.isName(packageName)) {
            throw new MojoExecutionException(
                    "packageName is \"" + packageName
                            + "\", which Java does not take for a package. Write names with dots between, as com.example.shop.");
        }
    }

    private Properties options(Path output) {
        var options = new Properties();
        options.setProperty("server", setting(server, "ROWAN_SERVER", "auto"));
        options.setProperty("image", setting(image, "ROWAN_IMAGE", "mysql:9.7"));
        options.setProperty("user", setting(user, "ROWAN_USER", ""));
        String secret = setting(password, "ROWAN_PASSWORD", "");
        if (!secret.isEmpty()) {
            options.setProperty("password", secret);
        }
        options.setProperty("migrate", String.valueOf(migrate));
        options.setProperty("changelog", changelog);
        options.setProperty("package", packageName);
        options.setProperty("output", output.toString());
        options.setProperty("includes", includes);
        options.setProperty("excludes", excludes == null ? "" : excludes);
        // one may be wrapped in the pom
        options.setProperty(
                "types",
                types.stream().map(type -> type.replaceAll("\\s+", " ")).collect(Collectors.joining("\n")));
        return options;
    }

    private String setting(@Nullable String parameter, String variable, String otherwise) {
        return parameter != null && !parameter.isBlank()
                ? parameter
                : session.getSystemProperties().getProperty("env." + variable, otherwise);
    }

    /** Returns the directories that hold changelogs, as they are before Maven copies them to the class path. */
    private List<Path> resources() {
        Stream<Resource> resources = testSources
                ? Stream.concat(project.getResources().stream(), project.getTestResources().stream())
                : project.getResources().stream();
        return resources
                .map(resource -> Path.of(resource.getDirectory()))
                .filter(Files::isDirectory)
                .toList();
    }

    /** Returns the answer to the generator's request for an artifact, found as Maven finds plugins. */
    private String fetch(String coordinates) {
        var artifact = new DefaultArtifact(coordinates);
        getLog().info("fetching  " + coordinates + ", once for this machine");
        try {
            var request = new ArtifactRequest(artifact, project.getRemotePluginRepositories(), null);
            var result = repositories.resolveArtifact(session.getRepositorySession(), request);
            return "path " + result.getArtifact().getFile();
        } catch (ArtifactResolutionException e) {
            return "failed " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
    }

    private Path java() {
        Toolchain toolchain = toolchains.getToolchainFromBuildContext("jdk", session);
        String found = toolchain == null ? null : toolchain.findTool("java");
        return found == null ? Path.of(System.getProperty("java.home"), "bin", "java") : Path.of(found);
    }

    private Path buildDirectory() {
        return Path.of(project.getBuild().getDirectory());
    }

    private Path output() {
        if (outputDirectory != null) {
            return outputDirectory.toPath();
        }
        return buildDirectory().resolve(testSources ? "generated-test-sources/rowan" : "generated-sources/rowan");
    }

    private String shown(Path path) {
        Path base = project.getBasedir().toPath();
        return (path.startsWith(base) ? base.relativize(path) : path).toString();
    }
}
