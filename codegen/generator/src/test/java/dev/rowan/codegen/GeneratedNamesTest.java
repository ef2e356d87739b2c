package dev.rowan.codegen;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.codegen.config.OptionKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the names in a schema are, its sources compile, once those names that cannot be told apart are changed as
 * the message says. {@code -Dnames.schemas} sets how many schemas are tried, {@code -Dnames.seed} which.
 */
final class GeneratedNamesTest {

    private static final int SCHEMAS = Integer.getInteger("names.schemas", 200);
    private static final long SEED = Long.getLong("names.seed", 1);

    /** So many schemas are compiled together. */
    private static final int BATCH = 50;

    private static final Pattern HINT = Pattern.compile("(?s)<name>(.*?)</name>");

    private static final Pattern COLUMN = Pattern.compile(
            "public final TableField<.*?> (\\S+) = createField\\((DSL|org.jooq.impl.DSL).name\\((\"(?:[^\"\\\\]|\\\\.)*\")");

    private static final Pattern RELATION = Pattern.compile(
            "public static final \\w+<\\S+, \\S+> (\\S+) = new \\w+<>\\(\"[^\"]*\", (.*?), \\S+::new\\);");

    @TempDir
    private Path root;

    private int packages;

    @Test
    void everyLegalSchemaYieldsSourcesThatCompile() throws Exception {
        List<String> failures = new ArrayList<>();
        Map<List<RandomSchema>, CompletableFuture<Boolean>> compiled = new LinkedHashMap<>();
        for (int first = 0; first < SCHEMAS; first += BATCH) {
            List<RandomSchema> schemas = new ArrayList<>();
            List<Path> sources = new ArrayList<>();
            for (int i = first; i < Math.min(SCHEMAS, first + BATCH); i++) {
                schemas.add(RandomSchema.of(new Random(SEED * 1_000_003 + i)));
                generate(schemas.getLast()).ifPresent(error -> failures.add(smallest(schemas.getLast(), error)));
                sources.addAll(sourcesOf(packages));
            }
            // while the next ones are generated
            compiled.put(schemas, CompletableFuture.supplyAsync(() -> compiles(sources)));
        }
        for (var batch : compiled.entrySet()) {
            if (!batch.getValue().get()) {
                for (RandomSchema schema : batch.getKey()) {
                    problem(schema).ifPresent(error -> failures.add(smallest(schema, error)));
                }
            }
        }
        assertEquals("", String.join("\n\n", failures));
    }

    @Test
    void aNewTableNeverChangesWhatANameMeans() throws Exception {
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < SCHEMAS / 2; i++) {
            var schema = RandomSchema.of(new Random(SEED * 1_000_003 - i));
            Map<String, String> before = meanings(schema.withoutLastTable());
            Map<String, String> after = meanings(schema.withLastTable());
            before.forEach((name, meaning) -> {
                if (!after.isEmpty() && !meaning.equals(after.get(name))) {
                    failures.add("%s%n%s%nbefore: %s%nafter:  %s"
                            .formatted(
                                    String.join(";\n", schema.withLastTable().statements()),
                                    name,
                                    meaning,
                                    after.get(name)));
                }
            });
        }
        assertEquals("", String.join("\n\n", failures));
    }

    /** Returns what the columns and relations in the sources mean; nothing if names cannot be told apart. */
    private Map<String, String> meanings(RandomSchema schema) throws Exception {
        String packageName = "p" + ++packages;
        Path output = root.resolve(packageName);
        var generator = new GeneratorFixture(TestServers.configured(), output);
        generator.executeLegal(schema.statements());
        try {
            generator.generate(packageName);
        } catch (IllegalArgumentException e) {
            return Map.of();
        } finally {
            generator.drop();
        }
        Path keyFile = output.resolve(packageName + "/Keys.java");
        String keys = Files.exists(keyFile) ? Files.readString(keyFile).replace(packageName + ".tables.", "") : "";
        Map<String, String> meanings = new TreeMap<>();
        for (Path path : sourcesOf(packages)) {
            String name = output.resolve(packageName).relativize(path).toString();
            String source = Files.readString(path);
            if (name.startsWith("tables/") && !name.contains("records")) {
                COLUMN.matcher(source).results().forEach(it -> meanings.put(name + " " + it.group(1), it.group(3)));
            } else if (name.startsWith("repositories")) {
                RELATION.matcher(source)
                        .results()
                        .forEach(it -> meanings.put(name + " " + it.group(1), columns(it.group(2), keys)));
            }
        }
        return meanings;
    }

    /** Returns the columns of the keys of a relation. */
    private static String columns(String constants, String keys) {
        return Stream.of(constants.split(", "))
                .map(constant -> constant.replaceFirst("^.*Keys\\.", ""))
                .map(constant -> {
                    var key = Pattern.compile(" " + Pattern.quote(constant)
                                    + " = .*?(new TableField.*?\\}).*(new TableField.*?\\})")
                            .matcher(keys);
                    return key.find() ? key.group(1) + key.group(2) : constant;
                })
                .collect(joining());
    }

    private String smallest(RandomSchema schema, String problem) {
        RandomSchema smallest = schema;
        String description = problem;
        for (boolean found = true; found; ) {
            found = false;
            for (RandomSchema smaller : smallest.smaller().toList()) {
                Optional<String> same = problem(smaller);
                if (same.isPresent()) {
                    smallest = smaller;
                    description = same.get();
                    found = true;
                    break;
                }
            }
        }
        return smallest.statements().stream().collect(joining(";\n", "", ";\n")) + description;
    }

    private static boolean compiles(List<Path> sources) {
        try {
            return SourceCompiler.compile(sources).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what is wrong with the sources of a schema. */
    private Optional<String> problem(RandomSchema schema) {
        try {
            Optional<String> problem = generate(schema);
            if (problem.isPresent()) {
                return problem;
            }
            var diagnostics = SourceCompiler.compile(sourcesOf(packages));
            return diagnostics.isEmpty()
                    ? Optional.empty()
                    : Optional.of(diagnostics.stream().map(Object::toString).collect(joining("\n")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Generates the sources into a package of their own, and follows the hints of errors. */
    private Optional<String> generate(RandomSchema schema) {
        int number = ++packages;
        String packageName = "p" + number;
        Path output = root.resolve(packageName);
        try {
            var generator = new GeneratorFixture(TestServers.configured(), output);
            int[] expected = generator.executeLegal(schema.statements());
            List<String> names = new ArrayList<>();
            for (int attempt = 0; ; attempt++) {
                try {
                    generator
                            .configure(OptionKeys.NAMES, names.toArray(String[]::new))
                            .generate(packageName);
                    break;
                } catch (IllegalArgumentException e) {
                    String message = String.valueOf(e.getMessage());
                    List<String> hints = HINT.matcher(message)
                            .results()
                            .map(hint -> hint.group(1))
                            .toList();
                    if (hints.isEmpty() || attempt > 30) {
                        return Optional.of("Configured: " + names + "\n" + message);
                    }
                    String hint = hints.get(0)
                            .replace("&lt;", "<")
                            .replace("&gt;", ">")
                            .replace("&amp;", "&");
                    String what = hint.substring(0, hint.lastIndexOf('=') + 1);
                    names.removeIf(line -> line.startsWith(what));
                    names.add(hint.replace("anotherName", "other" + attempt));
                }
            }
            generator.drop();
            return complete(output, packageName, expected);
        } catch (Exception e) {
            return Optional.of(e + "\n"
                    + Stream.of(e.getStackTrace())
                            .map(Object::toString)
                            .limit(12)
                            .collect(joining("\n")));
        }
    }

    private Optional<String> complete(Path output, String packageName, int[] expected) throws IOException {
        Path base = output.resolve(packageName);
        Set<String> files = new HashSet<>();
        for (Path path : sourcesOf(packages)) {
            String name =
                    output.relativize(path).toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
            if (!files.add(Normalizer.normalize(name, Normalizer.Form.NFD))) {
                return Optional.of("Two files on a case-insensitive disk: " + path);
            }
        }
        long tables = count(base.resolve("tables/records"));
        long enums = count(base.resolve("enums"));
        return tables == expected[0] && enums == expected[1]
                ? Optional.empty()
                : Optional.of("%d records of %d tables, %d enums of %d columns"
                        .formatted(tables, expected[0], enums, expected[1]));
    }

    private static long count(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    private List<Path> sourcesOf(int number) throws IOException {
        Path output = root.resolve("p" + number);
        if (!Files.exists(output)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(output)) {
            return all.filter(Files::isRegularFile).collect(Collectors.toList());
        }
    }
}
