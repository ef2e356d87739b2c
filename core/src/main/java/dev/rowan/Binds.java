package dev.rowan;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/** The values of one statement, in the order of its text, each with the codec that binds it. */
final class Binds {

    private final List<Codec> codecs = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    Binds add(Codec codec, @Nullable Object value) {
        codecs.add(codec);
        values.add(value);
        return this;
    }

    Binds addAll(Binds more) {
        codecs.addAll(more.codecs);
        values.addAll(more.values);
        return this;
    }

    /** Adds a parameter as it stands in a jOOQ query. */
    Binds add(Param<?> param) {
        return add(Codec.of(param.getDataType()), param.getValue());
    }

    /** Returns the values, as the caller gave them. */
    List<@Nullable Object> values() {
        return values;
    }

    int size() {
        return values.size();
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < codecs.size(); i++) codecs.get(i).bind(statement, i + 1, values.get(i));
    }
}
