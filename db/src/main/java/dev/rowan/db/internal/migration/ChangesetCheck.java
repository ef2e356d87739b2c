package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.sql.SqlScanner;
import java.util.regex.Pattern;
import liquibase.changelog.ChangeSet;

/** Finds in the SQL of a changeset, before anything runs, what the server cannot run or would take literally. */
final class ChangesetCheck {

    /** As the first word of a statement, or with a delimiter alone in its line: a column may have this name. */
    private static final Pattern DELIMITER = Pattern.compile(
            "(?:\\A|;)\\s*(delimiter)\\s|^[ \\t]*(delimiter)[ \\t]+[^\\w\\s(),]+[ \\t]*$",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final Pattern PARAMETER = Pattern.compile("\\$\\{(?<name>[^{}\\s]+)}");

    private final ChangeSet changeset;
    private final ChangesetText text;

    private ChangesetCheck(ChangeSet changeset, ChangesetText text) {
        this.changeset = changeset;
        this.text = text;
    }

    /** Checks the SQL of a changeset that is to run. */
    static void check(ChangeSet changeset) throws ChangelogFailure {
        if (changeset.getAuthor() == null) {
            throw new ChangelogFailure(
                    "The changeset " + changeset.getId() + " in " + changeset.getFilePath()
                            + " has no author. Give it one, next to its id.",
                    null);
        }
        for (var change : changeset.getChanges()) {
            var text = ChangesetText.of(changeset, change);
            if (text.isPresent()) {
                new ChangesetCheck(changeset, text.get()).check();
            }
        }
    }

    private void check() throws ChangelogFailure {
        var code = SqlScanner.withoutLiterals(text.sql()); // a literal may contain anything
        var delimiter = DELIMITER.matcher(code);
        if (delimiter.find()) {
            throw failure(
                    "contains DELIMITER, which is a command of the client mysql and not of the server",
                    Math.max(delimiter.start(1), delimiter.start(2)),
                    "Delete the lines with DELIMITER, end each statement with //, and say so in the changeset's line:"
                            + " --changeset " + changeset.getAuthor() + ":" + changeset.getId() + " endDelimiter://");
        }
        var parameter = PARAMETER.matcher(code);
        if (parameter.find()) {
            throw failure(
                    "uses the changelog parameter " + parameter.group() + ", which has no value",
                    parameter.start(),
                    "Give it one: Migrator.withParameters, <changelogParameters> of the Maven plugin, or a property of"
                            + " the changelog");
        }
    }

    private ChangelogFailure failure(String what, int position, String fix) {
        var place = text.at(position)
                .within(changeset)
                .map(known -> ", in " + known)
                .orElse("");
        return new ChangelogFailure(
                "The changeset " + ChangesetText.name(changeset) + " " + what + place + ". " + fix + ".", null);
    }
}
