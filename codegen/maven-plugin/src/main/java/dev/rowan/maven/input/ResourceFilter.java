package dev.rowan.maven.input;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.jspecify.annotations.Nullable;

/** Replaces properties in a filtered resource, as maven-resources-plugin does by default. */
public final class ResourceFilter implements UnaryOperator<String> {

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^{}\\s]+)}|@([\\w.-]+)@");

    private final Properties filters;
    private final PluginParameterExpressionEvaluator build;

    private ResourceFilter(Properties filters, PluginParameterExpressionEvaluator build) {
        this.filters = filters;
        this.build = build;
    }

    /** Returns the filter of a project, with the files that its {@code <filters>} name. */
    public static ResourceFilter of(MavenProject project, MavenSession session, MojoExecution execution)
            throws IOException {
        var filters = new Properties();
        for (Object file : project.getBuild().getFilters()) {
            Path path = project.getBasedir().toPath().resolve(String.valueOf(file));
            if (Files.isRegularFile(path)) {
                try (Reader reader = Files.newBufferedReader(path)) {
                    filters.load(reader);
                }
            }
        }
        return new ResourceFilter(filters, new PluginParameterExpressionEvaluator(session, execution));
    }

    @Override
    public String apply(String text) {
        return PROPERTY.matcher(text).replaceAll(match -> {
            String name = match.group(1) == null ? match.group(2) : match.group(1);
            @Nullable Object value = value(name);
            return Matcher.quoteReplacement(value == null ? match.group() : value.toString());
        });
    }

    private @Nullable Object value(String name) {
        String filtered = filters.getProperty(name);
        if (filtered != null) {
            return filtered;
        }
        try {
            return build.evaluate("${" + name + "}");
        } catch (ExpressionEvaluationException e) {
            return null; // maven-resources-plugin leaves what it does not know, too
        }
    }
}
