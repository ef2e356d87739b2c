package dev.rowan.db.internal.check;

import dev.rowan.db.internal.migration.ChangelogRunner;
import dev.rowan.db.internal.migration.PendingChangeset;
import dev.rowan.db.internal.release.Break;
import dev.rowan.db.internal.release.ReleasedSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out whether the last release, whose file is beside the changelog, can run on the schema of all changesets. */
final class OldRelease {

    private final String file;
    private final ReleasedSchema release;

    /** What breaks it in the present schema, and which changeset has made that. */
    private Map<Break, PendingChangeset> breaks = new LinkedHashMap<>();

    /** The tables of the release that are views in the present schema. */
    private List<String> replaced = List.of();

    private OldRelease(String file, ReleasedSchema release) {
        this.file = file;
        this.release = release;
    }

    /**
     * Reads the file beside a changelog; empty if there is none, or it cannot be read, which the result then says.
     */
    static Optional<OldRelease> of(ChangelogRunner changelog, CheckResult result) {
        var file = changelog.releaseFile();
        try (var content = changelog.classLoader().getResourceAsStream(file)) {
            if (content == null) {
                var stray = changelog.strayReleaseFiles();
                if (!stray.isEmpty()) {
                    result.warnings()
                            .add("Whether the last release can run on this schema is not checked, as there is no "
                                    + file
                                    + ", and no changelog for " + String.join(", ", stray)
                                    + ". If the changelog was renamed, rename that file too; otherwise delete it.");
                    return Optional.empty();
                }
                result.notes()
                        .add("Whether the last release can run on this schema is not checked, as there is no " + file
                                + ". Write it at each release: mvn rowan:release");
                return Optional.empty();
            }
            var text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(new OldRelease(file, ReleasedSchema.parse(file, text)));
        } catch (IOException | IllegalArgumentException e) {
            result.errors().add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Looks at the schema after a changeset. */
    void lookAfter(PendingChangeset changeset, Connection connection) throws SQLException {
        var found = new LinkedHashMap<Break, PendingChangeset>();
        var schema = ReleasedSchema.read(connection);
        replaced = release.replacedByViews(schema);
        var all = new ArrayList<>(release.breaks(schema));
        all.addAll(release.refusedByViews(schema, connection));
        for (var present : all) {
            found.put(present, breaks.getOrDefault(present, changeset));
        }
        breaks = found;
    }

    /** Reports what breaks it in the end. */
    void report(CheckResult result) {
        if (!replaced.isEmpty()) {
            result.notes()
                    .add(
                            "The last release reads and writes views where it had tables: "
                                    + String.join(", ", replaced)
                                    + ". Of such a view the columns and their types were compared, and whether the server"
                                    + " writes to it. Keys and constraints of the table behind it may refuse a row of the release.");
        }
        if (breaks.isEmpty()) {
            result.notes().add("The last release can run on this schema, as far as " + file + " tells.");
        }
        breaks.forEach((found, changeset) -> {
            var acceptance = Acceptance.of(changeset.name(), changeset.comment());
            if (acceptance.accepts(Acceptance.OLD_RELEASE)) {
                result.notes()
                        .add("The last release does not run on this schema, which is accepted: " + found.what() + " ("
                                + acceptance.reason(Acceptance.OLD_RELEASE) + ").");
            } else {
                result.errors().add(sentence(found, changeset));
            }
        });
    }

    private static String sentence(Break found, PendingChangeset changeset) {
        return "The changeset " + changeset.name() + " breaks the last release"
                + (found.isSilent() ? ", and nothing reports it: " : ": ") + found.what() + ". " + found.why()
                + " Instead: " + found.steps() + " If that release runs nowhere any more, run mvn rowan:release. "
                + Acceptance.hint(Acceptance.OLD_RELEASE);
    }
}
