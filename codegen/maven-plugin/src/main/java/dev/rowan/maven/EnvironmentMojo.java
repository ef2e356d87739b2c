package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.maven.process.GeneratorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;

/** A goal that works on the environment of the project as a whole, once for all modules of the build. */
abstract class EnvironmentMojo extends GeneratorMojo {

    EnvironmentMojo(RepositorySystem repositories, ToolchainManager toolchains) {
        super(repositories, toolchains);
    }

    @Override
    public void execute() throws MojoExecutionException {
        try {
            run();
        } catch (IOException e) {
            throw new MojoExecutionException("The environment is not available: " + e, e);
        }
    }

    /** Runs the goal in the generator's process. */
    GeneratorProcess.Result run() throws MojoExecutionException, IOException {
        Properties options = options(execution.getGoal(), project);
        addOptions(options);
        return process().run(options);
    }

    /** Adds the options that this goal has besides. */
    void addOptions(Properties options) {}

    /** Returns the options of a goal on the environment. */
    static Properties options(String goal, MavenProject project) {
        var options = new Properties();
        options.setProperty(OptionKeys.GOAL, goal);
        options.setProperty(OptionKeys.ROOT, root(project).toString());
        return options;
    }

    /** Returns the directory of the outermost project that this one is a part of and lies in. */
    private static Path root(MavenProject project) {
        Path root = project.getBasedir().toPath();
        for (MavenProject parent = project.getParent();
                parent != null && parent.getBasedir() != null;
                parent = parent.getParent()) {
            Path directory = parent.getBasedir().toPath();
            if (root.startsWith(directory)) {
                root = directory;
            }
        }
        return root;
    }
}
