package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.maven.process.ArtifactFetcher;
import dev.rowan.maven.process.GeneratorProcess;
import dev.rowan.maven.process.Secret;
import dev.rowan.maven.process.UserCache;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** A goal that starts the generator's process: the login for its server, and what Maven gives to a goal. */
abstract class GeneratorMojo extends AbstractMojo {

    /**
     * The user for a URL. The default is the environment variable {@code ROWAN_USER}, otherwise the user in the URL.
     */
    @Parameter(property = "rowan.user")
    private @Nullable String user;

    /**
     * The password for a URL. The default is the environment variable {@code ROWAN_PASSWORD}, which no list of
     * processes shows, otherwise the password in the URL.
     */
    @Parameter(property = "rowan.password")
    private @Nullable Secret password;

    /**
     * The directory that the embedded server is unpacked to, and that the generator's classes are kept in, ready to
     * start. The default is the environment variable {@code ROWAN_CACHE}, otherwise the user's cache directory.
     */
    @Parameter(property = "rowan.cache")
    private @Nullable String cache;

    @Parameter(defaultValue = "${project}", readonly = true)
    MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true)
    MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true)
    MojoExecution execution;

    private final RepositorySystem repositories;
    private final ToolchainManager toolchains;

    GeneratorMojo(RepositorySystem repositories, ToolchainManager toolchains) {
        this.repositories = repositories;
        this.toolchains = toolchains;
    }

    /** Returns the options that say which server to use, and as whom. */
    Properties server(@Nullable String server) {
        var options = new Properties();
        options.setProperty(OptionKeys.SERVER, setting(server, "ROWAN_SERVER", "auto"));
        options.setProperty(OptionKeys.USER, setting(user, "ROWAN_USER", ""));
        String secret = setting(password == null ? null : password.value(), "ROWAN_PASSWORD", "");
        if (!secret.isEmpty()) {
            options.setProperty(OptionKeys.PASSWORD, secret);
        }
        return options;
    }

    /** Returns the generator's process. */
    GeneratorProcess process() throws MojoExecutionException {
        List<Path> classPath = execution.getMojoDescriptor().getPluginDescriptor().getArtifacts().stream()
                .map(artifact -> artifact.getFile().toPath())
                .toList();
        var fetcher = fetcher();
        return new GeneratorProcess(
                java(),
                classPath,
                project.getBasedir(),
                UserCache.directory(setting(cache, "ROWAN_CACHE", ""), name -> setting(null, name, "")),
                fetcher::fetch,
                getLog());
    }

    ArtifactFetcher fetcher() {
        return new ArtifactFetcher(
                repositories, session.getRepositorySession(), project.getRemotePluginRepositories(), getLog());
    }

    /** Returns a parameter; if it is not set, a variable of the environment. */
    String setting(@Nullable String parameter, String variable, String defaultValue) {
        if (parameter != null && !parameter.isBlank()) {
            return parameter;
        }
        String value = session.getSystemProperties().getProperty("env." + variable, "");
        return value.isBlank() ? defaultValue : value;
    }

    /** Returns the Java launcher of the toolchain, or of Maven's own JDK. */
    private Path java() {
        Toolchain toolchain = toolchains.getToolchainFromBuildContext("jdk", session);
        String launcher = toolchain == null ? null : toolchain.findTool("java");
        return launcher == null ? Path.of(System.getProperty("java.home"), "bin", "java") : Path.of(launcher);
    }
}
