package dev.rowan.codegen.naming;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Chooses names for objects that nobody can name in the configuration: keys, indexes, enums and their constants. */
final class DistinctNames {

    private DistinctNames() {}

    /**
     * Returns a name for each object: the first form that is no form of another object. A name that two objects would
     * have is given to neither, so that it never means first the one and later the other.
     *
     * @param id by which the name is found
     * @param same the text that is equal for names that are the same
     * @param forms the last one is different for all objects
     */
    static <T, K> Map<K, String> of(
            Collection<T> objects, Function<T, K> id, UnaryOperator<String> same, List<Function<T, String>> forms) {
        Map<K, String> names = new HashMap<>();
        Set<String> taken = new HashSet<>();
        Collection<T> rest = objects;
        for (Function<T, String> form : forms) {
            Map<String, List<T>> groups = rest.stream()
                    .collect(groupingBy(object -> same.apply(form.apply(object)), LinkedHashMap::new, toList()));
            List<T> ambiguous = new ArrayList<>();
            groups.forEach((name, group) -> {
                if (taken.add(name) && group.size() == 1) {
                    names.put(id.apply(group.get(0)), form.apply(group.get(0)));
                } else {
                    ambiguous.addAll(group);
                }
            });
            rest = ambiguous;
        }
        return names;
    }

    /** Returns the text that is the same for all names of one file, on a disk where case and accents do not count. */
    static String fileName(String name) {
        return Normalizer.normalize(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    }
}
