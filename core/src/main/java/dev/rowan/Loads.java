package dev.rowan;

import java.util.Arrays;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was loaded along the relations of one record: few, so that a list of pairs does. Ways are told apart by identity.
 * Not thread-safe.
 */
@SuppressWarnings("ReferenceEquality")
final class Loads {

    private @Nullable Object[] pairs = new @Nullable Object[2];
    private int size;

    /** Returns what was loaded for a record. */
    static Loads of(TableRecord<?> record) {
        // Java has no friend packages: the two bases of generated records share no supertype of ours to ask through
        return record instanceof Row<?> row ? row.loads() : ((KeylessRow<?>) (Object) record).loads();
    }

    Loads copy() {
        var copy = new Loads();
        copy.pairs = pairs.clone();
        copy.size = size;
        return copy;
    }

    /** Keeps what was loaded; null as if nothing was. */
    void put(Object way, @Nullable Object value) {
        for (int i = 0; i < size; i += 2) {
            if (pairs[i] != way) continue;
            pairs[i + 1] = value;
            return;
        }
        if (size == pairs.length) pairs = Arrays.copyOf(pairs, size * 2);
        pairs[size++] = way;
        pairs[size++] = value;
    }

    /** Returns what was loaded; null if nothing was. */
    @Nullable Object find(Object way) {
        for (int i = 0; i < size; i += 2) if (pairs[i] == way) return pairs[i + 1];
        return null;
    }
}
