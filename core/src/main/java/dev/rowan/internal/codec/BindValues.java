package dev.rowan.internal.codec;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/** The bind values of one statement in order, each with the codec that binds it. Not thread-safe. */
public final class BindValues {

    private final List<Codec> codecs = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    /** Adds a value. */
    public BindValues add(Codec codec, @Nullable Object value) {
        codecs.add(codec);
        values.add(value);
        return this;
    }

    /** Adds the values of another statement. */
    public BindValues addAll(BindValues more) {
        codecs.addAll(more.codecs);
        values.addAll(more.values);
        return this;
    }

    /** Adds a parameter of a jOOQ query. */
    public BindValues add(Param<?> param) {
        return add(Codec.of(param.getDataType()), param.getValue());
    }

    /** Returns the values from a position, inclusive, to another, exclusive. */
    public BindValues from(int first, int end) {
        var range = new BindValues();
        range.codecs.addAll(codecs.subList(first, end));
        range.values.addAll(values.subList(first, end));
        return range;
    }

    /** Returns a copy whose first values are converted for the driver, so that no converter can fail at the bind. */
    public BindValues wired(int first) {
        var wired = new BindValues();
        for (int i = 0; i < first; i++) {
            wired.add(codecs.get(i).ofWire(), codecs.get(i).wire(values.get(i)));
        }
        return wired.addAll(from(first, size()));
    }

    /** Returns an upper bound of the bytes that the values take in a statement. */
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < size(); i++) {
            bytes += codecs.get(i).bytes(values.get(i));
        }
        return bytes;
    }

    /** Returns whether one of the values has a binding of the user's. */
    public boolean isCustom() {
        for (var codec : codecs) {
            if (codec.isCustom()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the values as the caller passed them. */
    public List<@Nullable Object> values() {
        return values;
    }

    /** Returns the number of values. */
    public int size() {
        return values.size();
    }

    /** Binds the values to a statement. */
    public void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < codecs.size(); i++) {
            codecs.get(i).bind(statement, i + 1, values.get(i));
        }
    }
}
