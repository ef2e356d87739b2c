package dev.rowan.internal.util;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Nodes in topological order, by level. Nodes are compared by identity.
 *
 * @param levels the nodes of each level, which need only nodes of earlier levels
 * @param cycle the remaining nodes in their given order: those of cycles, and those that need them
 */
public record DependencyLevels<N>(List<List<N>> levels, List<N> cycle) {

    /**
     * Sorts nodes by their dependencies.
     *
     * @param needs returns the nodes that a node needs; itself, and nodes that are not among the given ones, are
     *     ignored
     */
    public static <N> DependencyLevels<N> of(
            Collection<? extends N> nodes, Function<? super N, ? extends Collection<? extends N>> needs) {
        var open = new IdentityHashMap<N, Integer>();
        var neededBy = new IdentityHashMap<N, List<N>>();
        for (N node : nodes) {
            open.put(node, 0);
        }
        for (N node : nodes) {
            Set<N> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
            distinct.addAll(needs.apply(node));
            distinct.remove(node);
            distinct.retainAll(open.keySet());
            open.put(node, distinct.size());
            for (N need : distinct) {
                neededBy.computeIfAbsent(need, n -> new ArrayList<>()).add(node);
            }
        }
        var levels = new ArrayList<List<N>>();
        var level = new ArrayList<N>();
        for (N node : nodes) {
            if (Integer.valueOf(0).equals(open.get(node))) {
                level.add(node);
            }
        }
        while (!level.isEmpty()) {
            levels.add(level);
            var next = new ArrayList<N>();
            for (N done : level) {
                open.remove(done);
                for (N waiting : neededBy.getOrDefault(done, List.of())) {
                    if (open.merge(waiting, -1, Integer::sum) == 0) {
                        next.add(waiting);
                    }
                }
            }
            level = next;
        }
        return new DependencyLevels<>(
                levels,
                nodes.stream().<N>map(node -> node).filter(open::containsKey).toList());
    }
}
