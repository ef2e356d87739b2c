package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** Keeps the direction of dependencies: a package uses only the packages that are listed for it. */
final class PackageDependencyTest {

    private static final String ROOT = "dev.rowan.codegen";

    private static final Pattern DEPENDENCY = Pattern.compile("(" + ROOT + "\\S*) +-> (" + ROOT + "\\S*) ");

    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "naming", Set.of(),
            "model", Set.of("naming"),
            "type", Set.of("naming", "model"),
            "database", Set.of("model"),
            "source", Set.of("naming", "model", "type", "database"),
            "", Set.of("naming", "type", "database", "source"));

    @Test
    void eachPackageUsesExactlyThePackagesThatAreListedForIt() {
        assertEquals(new TreeMap<>(ALLOWED), dependencies());
    }

    /** Returns, for each package below the root, the other packages below the root that its classes use. */
    private static Map<String, Set<String>> dependencies() {
        Map<String, Set<String>> dependencies = new TreeMap<>();
        for (String line : jdeps("-verbose:package", "-filter:none", "-cp", "target/classes", "target/classes")) {
            Matcher dependency = DEPENDENCY.matcher(line);
            if (dependency.find()) {
                dependencies
                        .computeIfAbsent(shortened(dependency.group(1)), name -> new TreeSet<>())
                        .add(shortened(dependency.group(2)));
            }
        }
        dependencies.forEach((name, used) -> used.remove(name));
        return dependencies;
    }

    private static String shortened(String packageName) {
        return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
    }

    private static List<String> jdeps(String... arguments) {
        var output = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        int exit = jdeps.run(new PrintWriter(output, true), new PrintWriter(output, true), arguments);
        assertEquals(0, exit, () -> Arrays.toString(arguments) + "\n" + output);
        return output.toString().lines().toList();
    }
}
