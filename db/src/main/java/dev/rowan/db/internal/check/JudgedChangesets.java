package dev.rowan.db.internal.check;

import dev.rowan.db.internal.migration.ChangelogStep;
import dev.rowan.db.internal.migration.PendingChangeset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which changesets of a changelog are judged: those that a database in use has still to run.
 *
 * @param names the names of those that are judged
 * @param since after which state they come, for people; empty if all are judged
 * @param releases the earlier states of the database
 */
record JudgedChangesets(Set<String> names, String since, List<Release> releases) {

    /**
     * A state of the database that may be in use.
     *
     * @param name what people call it
     * @param changesets the names of the changesets that make it
     */
    record Release(String name, Set<String> changesets) {}

    /** Selects those that a database has not run. */
    static JudgedChangesets notApplied(List<PendingChangeset> changesets, List<ChangelogStep> applied) {
        var ran = applied.stream().map(JudgedChangesets::key).collect(Collectors.toSet());
        var old = changesets.stream()
                .filter(changeset -> ran.contains(key(changeset.step())))
                .map(PendingChangeset::name)
                .collect(Collectors.toSet());
        var releases = new ArrayList<>(tagged(changesets));
        releases.add(new Release("the reference database", old));
        return new JudgedChangesets(except(changesets, old), "the reference database", releases);
    }

    /** Selects those after the last tag that some come after; all, if there is no tag. */
    static JudgedChangesets afterLastTag(List<PendingChangeset> changesets) {
        var releases = tagged(changesets);
        if (releases.isEmpty()) {
            return new JudgedChangesets(except(changesets, Set.of()), "", releases);
        }
        var last = releases.getLast();
        return new JudgedChangesets(except(changesets, last.changesets()), last.name(), releases);
    }

    /** Returns whether the changeset is judged. */
    boolean contains(PendingChangeset changeset) {
        return names.contains(changeset.name());
    }

    /** Returns whether the database is in use before the first of them. */
    boolean hasUsers() {
        return !since.isEmpty();
    }

    private static List<Release> tagged(List<PendingChangeset> changesets) {
        var releases = new ArrayList<Release>();
        var before = new HashSet<String>();
        for (var i = 0; i < changesets.size(); i++) {
            before.add(changesets.get(i).name());
            var tag = changesets.get(i).tag();
            var hasMore = changesets.subList(i + 1, changesets.size()).stream().anyMatch(later -> !later.isTagOnly());
            if (tag.isPresent() && hasMore) {
                releases.add(new Release("the tag " + tag.get(), Set.copyOf(before)));
            }
        }
        return releases;
    }

    private static Set<String> except(List<PendingChangeset> changesets, Set<String> old) {
        return changesets.stream()
                .filter(changeset -> !changeset.isTagOnly())
                .map(PendingChangeset::name)
                .filter(name -> !old.contains(name))
                .collect(Collectors.toSet());
    }

    private static String key(ChangelogStep step) {
        return step.author() + ":" + step.id() + " " + step.file().replaceFirst("^classpath:/?", "");
    }
}
