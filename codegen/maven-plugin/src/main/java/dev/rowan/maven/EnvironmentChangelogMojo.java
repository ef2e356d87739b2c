package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import java.util.Properties;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;

/** A goal that works on the environment of the project with the changelog of each module that has one. */
abstract class EnvironmentChangelogMojo extends ChangelogMojo {

    EnvironmentChangelogMojo(
            RepositorySystem repositories, ToolchainManager toolchains, ProjectDependenciesResolver dependencies) {
        super(repositories, toolchains, dependencies);
    }

    @Override
    public void execute() throws MojoExecutionException {
        Properties options = EnvironmentMojo.options(execution.getGoal(), project);
        boolean isFirst = session.getProjects().indexOf(project) <= 0;
        options.setProperty(OptionKeys.STATE, String.valueOf(isFirst));
        options.setProperty(
                OptionKeys.OPTIONAL, String.valueOf(session.getProjects().size() > 1));
        run(execution.getGoal(), options);
    }
}
