package dev.rowan.internal.flush;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes, and which of them have to come before which. Changes are compared by identity. Immutable. */
final class ChangeGraph {

    private final List<Change> changes;
    private final List<Dependency> dependencies;
    private final Map<Change, List<Dependency>> byFirst = new HashMap<>();

    ChangeGraph(List<Change> changes, List<Dependency> dependencies) {
        this.changes = changes;
        this.dependencies = dependencies;
        for (var dependency : dependencies) {
            byFirst.computeIfAbsent(dependency.first(), first -> new ArrayList<>())
                    .add(dependency);
        }
    }

    List<Change> changes() {
        return changes;
    }

    /** Returns the dependencies of the changes that have to come after this one. */
    List<Dependency> from(Change first) {
        return byFirst.getOrDefault(first, List.of());
    }

    /** Returns how many dependencies each change has. */
    Map<Change, Integer> counts() {
        var counts = new HashMap<Change, Integer>();
        changes.forEach(change -> counts.put(change, 0));
        dependencies.forEach(dependency -> counts.merge(dependency.second(), 1, Integer::sum));
        return counts;
    }

    /**
     * Returns the sets of changes that wait for one another, each with the dependencies among its changes; empty if the
     * changes can be put in an order.
     */
    Collection<List<Dependency>> cycles() {
        var open = waiting();
        if (open.isEmpty()) {
            return List.of();
        }
        var component = components(open);
        var cycles = new HashMap<Integer, List<Dependency>>();
        for (var dependency : dependencies) {
            var first = component.get(dependency.first());
            if (first != null && first.equals(component.get(dependency.second()))) {
                cycles.computeIfAbsent(first, c -> new ArrayList<>()).add(dependency);
            }
        }
        return cycles.values();
    }

    /** Returns the changes that are never first in line: those of cycles, and those that wait for them. */
    private List<Change> waiting() {
        var counts = counts();
        var ready = new ArrayDeque<Change>();
        counts.forEach((change, count) -> {
            if (count == 0) {
                ready.add(change);
            }
        });
        while (!ready.isEmpty()) {
            var done = ready.pop();
            counts.remove(done);
            for (var dependency : from(done)) {
                if (counts.merge(dependency.second(), -1, Integer::sum) == 0) {
                    ready.add(dependency.second());
                }
            }
        }
        return changes.stream().filter(counts::containsKey).toList();
    }

    /** A change whose dependencies are being followed. */
    private static final class Visit {
        private final Change change;
        private final int number;
        private int lowest;
        private int next;

        Visit(Change change, int number) {
            this.change = change;
            this.number = number;
            this.lowest = number;
        }
    }

    /**
     * Returns the number of the strongly connected component of each of these changes, by Tarjan's algorithm, without
     * recursion: a chain may be as long as a flush.
     */
    private Map<Change, Integer> components(List<Change> among) {
        var visits = new HashMap<Change, Visit>();
        var component = new HashMap<Change, Integer>();
        var open = new ArrayDeque<Change>();
        var path = new ArrayDeque<Visit>();
        among.forEach(change -> visits.put(change, new Visit(change, -1))); // not visited
        var number = 0;
        for (var start : among) {
            if (component.containsKey(start)) {
                continue;
            }
            path.push(visit(start, number++, visits, open));
            while (!path.isEmpty()) {
                var visit = path.element();
                var following = from(visit.change);
                if (visit.next < following.size()) {
                    var change = following.get(visit.next++).second();
                    var known = visits.get(change);
                    if (known == null) {
                        continue; // it waits for no cycle
                    }
                    if (known.number < 0) {
                        path.push(visit(change, number++, visits, open));
                    } else if (!component.containsKey(change)) {
                        visit.lowest = Math.min(visit.lowest, known.number);
                    }
                    continue;
                }
                path.pop();
                if (!path.isEmpty()) {
                    path.element().lowest = Math.min(path.element().lowest, visit.lowest);
                }
                if (visit.lowest == visit.number) {
                    Change member;
                    do {
                        member = open.pop();
                        component.put(member, visit.number);
                    } while (visits.get(member) != visit);
                }
            }
        }
        return component;
    }

    private static Visit visit(Change change, int number, Map<Change, Visit> visits, ArrayDeque<Change> open) {
        var visit = new Visit(change, number);
        visits.put(change, visit);
        open.push(change);
        return visit;
    }
}
