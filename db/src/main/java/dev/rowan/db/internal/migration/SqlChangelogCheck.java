package dev.rowan.db.internal.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowan.db.internal.sql.SqlScanner;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import liquibase.resource.Resource;

/**
 * Finds what Liquibase would not read of a changelog that is an SQL file, and would not report: Liquibase ignores what
 * stands before the first changeset, and takes a file without its first line for one statement.
 */
final class SqlChangelogCheck {

    private static final String FIRST_LINE = "--liquibase formatted sql";
    private static final Pattern HEADER = Pattern.compile("^\\s*--\\s*liquibase\\s+formatted.*", marks());
    private static final Pattern CHANGESET = Pattern.compile("^\\s*--\\s*changeset\\s", marks() | Pattern.MULTILINE);
    private static final Pattern PROPERTY = Pattern.compile("^\\s*--\\s*property\\s", marks() | Pattern.MULTILINE);
    private static final Pattern IGNORED = Pattern.compile(
            "^--\\s*ignoreLines:start\\s*$.*?^--\\s*ignoreLines:end\\s*$",
            marks() | Pattern.DOTALL | Pattern.MULTILINE);

    private final String file;
    private final String text;

    private SqlChangelogCheck(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Checks each of these changelogs. */
    static void check(List<Resource> files) throws ChangelogFailure {
        for (var file : files) {
            new SqlChangelogCheck(file.getPath(), read(file)).check();
        }
    }

    private static int marks() {
        return Pattern.CASE_INSENSITIVE;
    }

    private static String read(Resource file) throws ChangelogFailure {
        try (var content = file.openInputStream()) {
            var text = new String(content.readAllBytes(), UTF_8).replace("\r", "");
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new ChangelogFailure("The changelog " + file.getPath() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void check() throws ChangelogFailure {
        if (text.isBlank()) {
            throw failure("is empty", "Delete it, or write changesets in it, after a first line " + FIRST_LINE);
        }
        if (HEADER.matcher(text).lookingAt()) {
            checkFormatted();
        } else {
            checkPlain();
        }
    }

    private void checkFormatted() throws ChangelogFailure {
        var first = CHANGESET.matcher(text);
        var hasChangeset = first.find();
        if (!hasChangeset && !PROPERTY.matcher(text).find()) {
            throw failure(
                    "has no changeset, so that nothing of it would run",
                    "Write a line such as --changeset ann:create-users before each changeset");
        }
        var ignored = hasChangeset ? text.substring(0, first.start()) : text;
        for (var matcher = IGNORED.matcher(ignored); matcher.find(); ) {
            ignored = ignored.replace(matcher.group(), SqlScanner.blank(matcher.group()));
        }
        var position = firstStatement(ignored);
        if (position >= 0) {
            throw failure(
                    "has SQL before its first changeset, in line " + lineOf(ignored, position)
                            + ", so that this would not run",
                    "Write a line such as --changeset ann:create-users before it, or delete it");
        }
    }

    /** Liquibase sends a file without the first line as one statement. */
    private void checkPlain() throws ChangelogFailure {
        var end = SqlScanner.withoutLiterals(text).indexOf(';');
        var hasMoreStatements = end >= 0 && firstStatement(text.substring(end + 1)) >= 0;
        if (CHANGESET.matcher(text).find() || hasMoreStatements) {
            throw failure(
                    "does not begin with the line " + FIRST_LINE + ", so that its changesets are not recognized",
                    "Write that as its first line, and a line such as --changeset ann:create-users before each"
                            + " changeset");
        }
    }

    /** Returns the position of the first character that is in no comment and no space; -1 if there is none. */
    private static int firstStatement(String sql) {
        var position = 0;
        for (var part : SqlScanner.parts(sql)) {
            if (part.kind() != SqlScanner.Kind.COMMENT && !part.text().isBlank()) {
                return position + part.text().indexOf(part.text().strip());
            }
            position += part.text().length();
        }
        return -1;
    }

    private static long lineOf(String text, int position) {
        return text.substring(0, position)
                        .chars()
                        .filter(character -> character == '\n')
                        .count()
                + 1;
    }

    private ChangelogFailure failure(String what, String fix) {
        return new ChangelogFailure("The changelog " + file + " " + what + ". " + fix + ".", null);
    }
}
