package dev.rowan.type;

import org.jooq.Converter;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Converts a {@code JSON} column to your own type with Jackson 3, which must be on the class path:
 * {@code new JsonConverter<List<Tag>>() {}}. Generated code uses it so.
 *
 * <p>The default mapper is Jackson's own, except that it keeps the digits of decimals and the offsets of times. NULL is
 * read as null, as is JSON's null, unless the type has its own value for it, such as Jackson's trees; null is written
 * as NULL. The type should be immutable: the record does not notice a change inside a value. Thread-safe.
 */
public abstract class JsonConverter<T> implements Converter<JSON, T> {

    private final Jackson<T> jackson;

    /**
     * Creates a converter of the type argument of the subclass.
     *
     * @throws IllegalStateException if Jackson 3 is not on the class path
     */
    protected JsonConverter() {
        requireJackson();
        this.jackson = new Jackson<>(getClass());
    }

    /** Creates a converter of the type argument of the subclass with your own mapper. */
    @SuppressWarnings("exports") // Jackson is optional: who calls this has it
    protected JsonConverter(ObjectMapper mapper) {
        this.jackson = new Jackson<>(getClass(), mapper);
    }

    private static void requireJackson() {
        try {
            Class.forName("tools.jackson.databind.ObjectMapper");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "JSON columns of your own types need Jackson 3, which is not on the class path."
                            + " Add the dependency tools.jackson.core:jackson-databind.",
                    e);
        }
    }

    /**
     * Reads a value.
     *
     * @throws IllegalStateException if the type cannot be read from this JSON; the message does not quote it
     */
    @Override
    public final @Nullable T from(@Nullable JSON json) {
        return json == null ? null : jackson.read(json);
    }

    /**
     * Writes a value.
     *
     * @throws IllegalArgumentException if the value cannot be written as JSON; the message does not quote it
     */
    @Override
    public final @Nullable JSON to(@Nullable T value) {
        return value == null ? null : jackson.write(value);
    }

    @Override
    public final Class<JSON> fromType() {
        return JSON.class;
    }

    @Override
    public final Class<T> toType() {
        return jackson.type();
    }
}
