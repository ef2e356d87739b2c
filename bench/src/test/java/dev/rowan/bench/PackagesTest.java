package dev.rowan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks with jdeps that dependencies between packages point one way. */
final class PackagesTest {

    /** Each package may use those before it. */
    private static final List<String> ORDER = List.of(
            "dev.rowan.bench.database",
            "dev.rowan.bench.config",
            "dev.rowan.bench.protocol",
            "dev.rowan.bench.result",
            "dev.rowan.bench.report",
            "dev.rowan.bench.adapter",
            "dev.rowan.bench.adapter.sql",
            "dev.rowan.bench.adapter.orm",
            "dev.rowan.bench.adapter.ebean",
            "dev.rowan.bench.adapter.generated",
            "dev.rowan.bench.worker",
            "dev.rowan.bench.contest",
            "dev.rowan.bench");

    private static final String PACKAGE = "(dev\\.rowan\\.bench[\\w.]*)";

    private static final Pattern DEPENDENCY = Pattern.compile("(?m)^ +" + PACKAGE + " +-> " + PACKAGE + " ");

    /** Code that the build generates: from the changelog, and by JMH. */
    private static final Pattern GENERATED =
            Pattern.compile("dev\\.rowan\\.bench\\.(schema|worker\\.jmh_generated)\\b.*");

    private static List<MatchResult> dependencies = List.of();

    @BeforeAll
    static void readDependencies() {
        var output = new StringWriter();
        var printer = new PrintWriter(output);
        ToolProvider.findFirst("jdeps").orElseThrow().run(printer, printer, "-verbose:package", "target/classes");
        dependencies = DEPENDENCY
                .matcher(output.toString())
                .results()
                .filter(found -> !GENERATED.matcher(found.group(1)).matches()
                        && !GENERATED.matcher(found.group(2)).matches())
                .toList();
        assertTrue(dependencies.size() > ORDER.size(), output::toString);
    }

    @Test
    void everyPackageIsInTheOrder() {
        var missing = dependencies.stream()
                .map(dependency -> dependency.group(1))
                .filter(name -> !ORDER.contains(name))
                .toList();

        assertEquals(List.of(), missing);
    }

    @Test
    void dependenciesPointOneWay() {
        var upward = dependencies.stream()
                .filter(dependency -> ORDER.indexOf(dependency.group(1)) < ORDER.indexOf(dependency.group(2)))
                .map(dependency -> dependency.group(1) + " uses " + dependency.group(2))
                .toList();

        assertEquals(List.of(), upward);
    }
}
