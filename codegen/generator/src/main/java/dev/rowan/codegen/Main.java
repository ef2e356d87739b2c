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
 * Generates sources as a properties file says, in a process that a build starts for it.
 *
 * <p>The file may hold a password, so it is deleted as soon as it is read. Ends with 0, or with 1 after an error that
 * has been reported.
 */
public final class Main {

    private Main() {}

    /**
     * Runs once.
     *
     * @param arguments the properties file
     */
    public static void main(String[] arguments) {
        // jOOQ and Liquibase say much that nobody needs in a build
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        // what these say as they fail is in the error too, without the stack traces
        System.setProperty("org.slf4j.simpleLogger.log.org.testcontainers", "off");
        System.setProperty("org.slf4j.simpleLogger.log.com.github.dockerjava", "off");
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        System.setProperty("org.slf4j.simpleLogger.showLogName", "false");

        // the protocol has standard output to itself: whatever else prints there joins the log
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
