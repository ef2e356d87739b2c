package dev.rowan;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** What an update writes: the columns that a blank record was given, and one more in the version. */
final class Patch<R extends Row<R>> {

    private final Mapping<R> mapping;
    private final R record;

    /** @throws IllegalArgumentException if the record sets a column that is not the caller's to write */
    Patch(Mapping<R> mapping, R record) {
        this.mapping = mapping;
        this.record = record;
        Touched.refuseGenerated(record);
        var version = mapping.version();
        if (version != null && writes(version))
            throw new IllegalArgumentException("Leave " + mapping.table().getName() + "." + version.getName()
                    + " alone: every update of a row adds one to it.");
    }

    boolean isEmpty() {
        return Touched.of(record).isEmpty() && record.expressions().isEmpty();
    }

    /** Returns what the text of the SET depends on, expressions aside. */
    BitSet shape() {
        return Touched.of(record);
    }

    boolean hasExpressions() {
        return !record.expressions().isEmpty();
    }

    /** Returns the values in the order of {@link #assignments()}; expressions bring their own. */
    Binds values() {
        return Touched.values(record, mapping);
    }

    /** Returns the SET: column and value or expression. */
    Map<Field<?>, Object> assignments() {
        Map<Field<?>, Object> assignments = new LinkedHashMap<>();
        for (var field : Touched.fields(record)) assignments.put(field, Mapping.written(field, record.get(field)));
        assignments.putAll(record.expressions());
        var version = mapping.version();
        if (version != null) assignments.put(version, plusOne(version));
        return assignments;
    }

    private boolean writes(Field<?> field) {
        return record.touched(field) || record.expressions().containsKey(field);
    }

    private static <T> Field<T> plusOne(Field<T> version) {
        return version.plus(DSL.inline(1));
    }
}
