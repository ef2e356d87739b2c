package dev.rowan.db.internal.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts what has names into an order in which each follows what it depends on. Where there is a cycle, it is cut
 * somewhere.
 */
final class DependencyOrder<T> {

    private final Map<String, T> all;
    private final Map<String, T> inAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Function<T, Collection<String>> dependencies;
    private final Set<T> begun = new HashSet<>();
    private final List<T> ordered = new ArrayList<>();

    private DependencyOrder(Map<String, T> all, Function<T, Collection<String>> dependencies) {
        this.all = all;
        this.inAnyCase.putAll(all);
        this.dependencies = dependencies;
    }

    /**
     * Returns all in order.
     *
     * @param all what is put into order, by name
     * @param dependencies returns the names of what must come before; names of nothing are ignored
     */
    static <T> List<T> of(Map<String, T> all, Function<T, Collection<String>> dependencies) {
        var order = new DependencyOrder<T>(all, dependencies);
        new TreeMap<>(all).values().forEach(order::add);
        return order.ordered;
    }

    private void add(T next) {
        if (begun.add(next)) {
            for (var name : new TreeSet<>(dependencies.apply(next))) {
                var dependency = named(name);
                if (dependency != null) {
                    add(dependency);
                }
            }
            ordered.add(next);
        }
    }

    /** Returns what has this name: on some servers a table may be referred to in another case. */
    private @Nullable T named(String name) {
        var exact = all.get(name);
        return exact == null ? inAnyCase.get(name) : exact;
    }
}
