package dev.rowan.internal.codec;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/** The values of one statement, in the order of its text, each with the codec that binds it. */
public final class BindValues {

    private final List<Codec> codecs = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    public BindValues add(Codec codec, @Nullable Object value) {
        codecs.add(codec);
        values.add(value);
        return this;
    }

    public BindValues addAll(BindValues more) {
        codecs.addAll(more.codecs);
        values.addAll(more.values);
        return this;
    }

    /** Adds a parameter as it stands in a jOOQ query. */
    public BindValues add(Param<?> param) {
        return add(Codec.of(param.getDataType()), param.getValue());
    }

    /** Returns those from a position to before another. */
    public BindValues from(int first, int end) {
        var some = new BindValues();
        some.codecs.addAll(codecs.subList(first, end));
        some.values.addAll(values.subList(first, end));
        return some;
    }

    /** Returns these with the first so many as the driver takes them: what is left to do with those cannot fail. */
    public BindValues wired(int first) {
        var wired = new BindValues();
        for (int i = 0; i < first; i++) {
            wired.add(codecs.get(i).ofWire(), codecs.get(i).wire(values.get(i)));
        }
        return wired.addAll(from(first, size()));
    }

    /** Returns no less than the bytes that the values take in a statement. */
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < size(); i++) {
            bytes += codecs.get(i).bytes(values.get(i));
        }
        return bytes;
    }

    /** Says whether a binding of the user's writes one of the values. */
    public boolean isCustom() {
        for (var codec : codecs) {
            if (codec.isCustom()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the values, as the caller gave them. */
    public List<@Nullable Object> values() {
        return values;
    }

    public int size() {
        return values.size();
    }

    public void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < codecs.size(); i++) {
            codecs.get(i).bind(statement, i + 1, values.get(i));
        }
    }
}
