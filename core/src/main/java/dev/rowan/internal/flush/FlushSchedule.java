package dev.rowan.internal.flush;

import dev.rowan.internal.flush.Change.Kind;
import dev.rowan.internal.flush.PlannedSteps.Step;
import dev.rowan.internal.util.IdentitySet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.Table;

/**
 * Puts changes into as few steps as it can: a group of changes is written when all of its changes can be, and in part
 * only if no other group is complete. For a single use.
 */
final class FlushSchedule {

    /** The changes that one step may make. */
    private record Group(Kind kind, Table<?> table, BitSet columns) {}

    private static final class Members {
        private final List<Change> ready = new ArrayList<>();

        /** How many are not written yet. */
        private int open;

        /** For how many changes of other steps they wait. */
        private int awaited;

        boolean isComplete() {
            return awaited == 0;
        }
    }

    private final ChangeGraph graph;
    private final Map<Table<?>, Integer> tableOrder;
    private final Map<Change, Group> groups = new HashMap<>();
    private final Map<Group, Members> members = new LinkedHashMap<>();
    private final Map<Change, Integer> counts;

    /** @param tableOrder the position of each table: after those that it references */
    FlushSchedule(ChangeGraph graph, Map<Table<?>, Integer> tableOrder) {
        this.graph = graph;
        this.tableOrder = tableOrder;
        this.counts = graph.counts();
        for (var change : graph.changes()) {
            var group = new Group(change.kind(), change.table(), columns(change));
            groups.put(change, group);
            var own = members.computeIfAbsent(group, g -> new Members());
            own.open++;
            if (count(change) == 0) {
                own.ready.add(change);
            }
        }
        for (var change : graph.changes()) {
            for (var dependency : graph.from(change)) {
                if (!sharesStatement(dependency)) {
                    membersOf(dependency.second()).awaited++;
                }
            }
        }
    }

    /** Returns what tells the statements of a kind and table apart: of an update, its columns. */
    private static BitSet columns(Change change) {
        return change.kind() == Kind.UPDATE || change.kind() == Kind.CLEAR ? change.columns() : new BitSet();
    }

    List<Step> steps() {
        var steps = new ArrayList<Step>();
        while (!members.isEmpty()) {
            var next = members.entrySet().stream()
                    .filter(group -> !group.getValue().ready.isEmpty())
                    .min(Comparator.comparing((Map.Entry<Group, Members> group) ->
                                    !group.getValue().isComplete())
                            .thenComparing(group -> group.getKey().kind())
                            .thenComparingInt(group -> position(group.getKey())))
                    .orElseThrow();
            var taken = take(next.getValue());
            if (next.getKey().kind() != Kind.WAIT) {
                steps.add(new Step(next.getKey().kind(), next.getKey().table(), taken));
            }
            if (next.getValue().open == 0) {
                members.remove(next.getKey());
            }
        }
        return steps;
    }

    /**
     * Returns the position of a group among those of its kind: referenced tables first, but last if rows are deleted.
     */
    private int position(Group group) {
        var position = tableOrder.getOrDefault(group.table(), 0);
        return group.kind() == Kind.DELETE ? -position : position;
    }

    /** Takes the changes of a group that can be made now. */
    private List<Change> take(Members group) {
        var taken = new ArrayList<>(group.ready);
        group.ready.clear();
        Set<Change> nextStep = new IdentitySet<>();
        for (int i = 0; i < taken.size(); i++) {
            for (var dependency : graph.from(taken.get(i))) {
                var second = dependency.second();
                var shares = sharesStatement(dependency);
                if (!shares) {
                    membersOf(second).awaited--;
                    nextStep.add(second);
                }
                counts.put(second, count(second) - 1);
                if (count(second) > 0) {
                    continue;
                }
                if (nextStep.contains(second)) {
                    membersOf(second).ready.add(second);
                } else {
                    taken.add(second);
                }
            }
        }
        group.open -= taken.size();
        return taken;
    }

    private boolean sharesStatement(Dependency dependency) {
        return dependency.sharesStatement() && group(dependency.first()).equals(group(dependency.second()));
    }

    private Members membersOf(Change change) {
        return Objects.requireNonNull(members.get(group(change)));
    }

    private Group group(Change change) {
        return Objects.requireNonNull(groups.get(change));
    }

    private int count(Change change) {
        return counts.getOrDefault(change, 0);
    }
}
