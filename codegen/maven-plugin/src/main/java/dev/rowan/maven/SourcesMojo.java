package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import java.util.Properties;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** A goal that needs to know how sources are generated from a schema. */
abstract class SourcesMojo extends RulesMojo {

    /** The package of the sources. */
    @Parameter(property = "rowan.packageName", required = true)
    private String packageName;

    SourcesMojo(RepositorySystem repositories, ToolchainManager toolchains, ProjectDependenciesResolver dependencies) {
        super(repositories, toolchains, dependencies);
    }

    /** Returns the options that say how sources are generated, and from the schema of which server. */
    Properties sourceOptions(@Nullable String server) {
        Properties options = ruleOptions(server);
        options.setProperty(OptionKeys.PACKAGE_NAME, packageName);
        return options;
    }
}
