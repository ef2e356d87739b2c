package dev.rowan.codegen;

import dev.rowan.db.MigrationException;
import dev.rowan.db.ServerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The entry point: a build starts it in its own process, with a file of {@link GeneratorOptions}.
 *
 * <p>The file may contain a password, so it is deleted as soon as it is read. The exit code is 0, or 1 after an error
 * that was reported to the build.
 */
public final class Main {

    private Main() {}

    /**
     * Generates the sources.
     *
     * @param arguments the path of the properties file
     */
    public static void main(String[] arguments) {
        // jOOQ and Liquibase log details that are noise in a build
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        // the error that is reported contains what these log on failure, without the stack traces
        System.setProperty("org.slf4j.simpleLogger.log.org.testcontainers", "off");
        System.setProperty("org.slf4j.simpleLogger.log.com.github.dockerjava", "off");
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        System.setProperty("org.slf4j.simpleLogger.showLogName", "false");

        // standard output is reserved for the protocol: other output is redirected to the log
        var build = new ParentProcess(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        System.setOut(System.err);
        try {
            new Generation(GeneratorOptions.of(read(Path.of(arguments[0])), build), build::info).run();
        } catch (ServerException | MigrationException | IllegalArgumentException e) {
            fail(build, e, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            fail(build, e, "The sources could not be generated: " + e);
        }
    }

    private static Properties read(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } finally {
            Files.delete(file);
        }
        return properties;
    }

    private static void fail(ParentProcess build, Exception failure, String message) {
        build.error(failure, message);
        System.exit(1);
    }
}
