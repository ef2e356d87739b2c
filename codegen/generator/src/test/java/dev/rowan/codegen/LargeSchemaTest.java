package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sources of a large schema. {@code -Dlarge.tables} sets how many tables it has; with that property all of their
 * code is compiled.
 */
final class LargeSchemaTest {

    private static final int DEFAULT_TABLES = 300;
    private static final int TABLES = Integer.getInteger("large.tables", DEFAULT_TABLES);

    /** Half of what a thread has by default. */
    private static final long STACK = 512 * 1024;

    @TempDir
    private Path output;

    @Test
    void aLongChainOfForeignKeysDoesNotExhaustTheStackOfTheCompiler() throws Exception {
        var generator = new GeneratorFixture(TestServers.configured(), output)
                .execute(IntStream.range(0, TABLES)
                        .mapToObj(LargeSchemaTest::tableInChain)
                        .toArray(String[]::new));
        generator.generate("chain");
        generator.drop();

        List<Path> sources = sources();
        var failure = new AtomicReference<Throwable>();
        var compilation = new Thread(null, () -> compile(sources), "javac", STACK);
        compilation.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        compilation.start();
        compilation.join();

        assertNull(failure.get());
    }

    private static String tableInChain(int number) {
        String parent = number == 0
                ? ""
                : ", parent_id INT NOT NULL, CONSTRAINT fk_%1$d FOREIGN KEY (parent_id) REFERENCES table_%2$d (id)"
                        .formatted(number, number - 1);
        return "CREATE TABLE table_%d (id INT PRIMARY KEY, name VARCHAR(50)%s)".formatted(number, parent);
    }

    private static void compile(List<Path> sources) {
        try {
            if (TABLES == DEFAULT_TABLES) {
                assertTrue(SourceCompiler.declarationsCompile(sources));
            } else {
                assertEquals(List.of(), SourceCompiler.compile(sources));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
