package dev.rowan.internal.relation;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.table.KeyValues;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.TableField;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.jooq.types.UShort;
import org.jspecify.annotations.Nullable;

/**
 * The distinct keys of the records that a path is followed from, each with its place: its position in the order of
 * addition, from 0. A key is the values of the columns at the beginning of the path; a key with a NULL has no place.
 * Not thread-safe.
 */
final class PathKeys {

    /** The place of a key that is not among the keys, or has a NULL. */
    static final int NOWHERE = -1;

    /** The types, besides byte[], whose values are equal in Java exactly if they are equal in the database. */
    private static final Set<Class<?>> EQUAL_IN_JAVA = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            UByte.class,
            UShort.class,
            UInteger.class,
            ULong.class,
            LocalDate.class);

    private final List<? extends TableField<?, ?>> near;
    private final List<? extends TableField<?, ?>> far;
    private final List<Codec> codecs;
    private final boolean equalInJava;
    private final List<Object[]> keys = new ArrayList<>();
    private final Map<Object, Integer> places = new HashMap<>();

    /**
     * Creates an empty set of keys.
     *
     * @param near the columns of the records
     * @param far the columns that are equal to them
     */
    PathKeys(List<? extends TableField<?, ?>> near, List<? extends TableField<?, ?>> far) {
        this.near = near;
        this.far = far;
        this.codecs =
                near.stream().map(column -> Codec.of(column.getDataType())).toList();
        this.equalInJava = areEqualInJava(near, far);
    }

    /** Adds a key, and returns its place. */
    int add(Object[] key) {
        var known = places.putIfAbsent(comparable(key, codecs), keys.size());
        if (known != null) {
            return known;
        }
        keys.add(key);
        return keys.size() - 1;
    }

    /** Returns the number of keys. */
    int size() {
        return keys.size();
    }

    /** Returns the key at a place. */
    Object[] key(int place) {
        return keys.get(place);
    }

    /** Returns the keys from one place up to another. */
    List<Object[]> keys(int from, int to) {
        return keys.subList(from, to);
    }

    /** Returns the place of a key that was read from columns with other codecs; {@value #NOWHERE} if it has none. */
    int place(Object[] key, List<Codec> codecsOfKey) {
        return places.getOrDefault(comparable(key, codecsOfKey), NOWHERE);
    }

    /** Returns the columns of the records. */
    List<? extends TableField<?, ?>> near() {
        return near;
    }

    /** Returns the columns that are equal to them. */
    List<? extends TableField<?, ?>> far() {
        return far;
    }

    /** Returns whether two keys are equal in Java exactly if they are equal in the database. */
    boolean areEqualInJava() {
        return equalInJava;
    }

    private static boolean areEqualInJava(List<? extends TableField<?, ?>> near, List<? extends TableField<?, ?>> far) {
        for (int i = 0; i < near.size(); i++) {
            var wire = Codec.wire(near.get(i).getDataType());
            if (wire != Codec.wire(far.get(i).getDataType())) {
                return false;
            }
            if (wire != byte[].class && !EQUAL_IN_JAVA.contains(wire)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the bind values of the keys from one place up to another. */
    BindValues binds(int from, int to) {
        var binds = new BindValues();
        for (var key : keys.subList(from, to)) {
            addTo(binds, key);
        }
        return binds;
    }

    /** Adds the values of a key to bind values; they may be null. */
    void addTo(BindValues binds, @Nullable Object[] key) {
        for (int i = 0; i < key.length; i++) {
            binds.add(codecs.get(i), key[i]);
        }
    }

    /** Returns a value of a key as it is sent to the server. */
    Object wire(Object[] key, int column) {
        return wire(codecs.get(column), key[column]);
    }

    /** Returns a key as it is sent to the server, as values that are comparable in Java. */
    static List<Object> comparable(Object[] key, List<Codec> codecs) {
        var values = new Object[key.length];
        for (int i = 0; i < key.length; i++) {
            values[i] = KeyValues.comparable(wire(codecs.get(i), key[i]));
        }
        return Arrays.asList(values);
    }

    private static Object wire(Codec codec, Object value) {
        return Objects.requireNonNull(codec.wire(value)); // only null is sent as NULL
    }
}
