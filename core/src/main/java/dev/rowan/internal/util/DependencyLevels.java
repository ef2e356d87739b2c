package dev.rowan.internal.util;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Things put in an order in which each stands behind what it needs. They are told apart by identity.
 *
 * @param levels what needs nothing that stands not in a level before
 * @param circle what is left, in the order given: things that need one another, and those that need them
 */
public record DependencyLevels<N>(List<List<N>> levels, List<N> circle) {

    /**
     * Sorts things by what they need.
     *
     * @param needs what a thing needs; only what is among the things counts, and not the thing itself
     */
    public static <N> DependencyLevels<N> of(
            Collection<? extends N> things, Function<? super N, ? extends Collection<? extends N>> needs) {
        var open = new IdentityHashMap<N, Integer>();
        var neededBy = new IdentityHashMap<N, List<N>>();
        for (N thing : things) {
            open.put(thing, 0);
        }
        for (N thing : things) {
            Set<N> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
            distinct.addAll(needs.apply(thing));
            distinct.remove(thing);
            distinct.retainAll(open.keySet());
            open.put(thing, distinct.size());
            for (N need : distinct) {
                neededBy.computeIfAbsent(need, n -> new ArrayList<>()).add(thing);
            }
        }
        var levels = new ArrayList<List<N>>();
        var level = new ArrayList<N>();
        for (N thing : things) {
            if (Integer.valueOf(0).equals(open.get(thing))) {
                level.add(thing);
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
                things.stream().<N>map(thing -> thing).filter(open::containsKey).toList());
    }
}
