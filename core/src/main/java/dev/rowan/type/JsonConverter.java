package dev.rowan.type;

import org.jooq.Converter;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Makes a type of yours of a {@code JSON} column, by Jackson 3, which has to be on the class path:
 * {@code new JsonConverter<List<Tag>>() {}}. Generated code does so.
 *
 * <p>Unless you give it a mapper, it reads and writes as Jackson does by itself, but leaves decimals their digits and
 * times their offsets. NULL is null, and so is JSON's own null, unless the type says otherwise, as Jackson's trees do; null
 * is written as NULL. Let the type be immutable: a change inside a value is none of the record's. Thread-safe.
 */
public abstract class JsonConverter<T> implements Converter<JSON, T> {

    private final Jackson<T> jackson;

    /**
     * Makes a converter of the type that the subclass names.
     *
     * @throws IllegalStateException if Jackson 3 is not on the class path
     */
    protected JsonConverter() {
        requireJackson();
        this.jackson = new Jackson<>(getClass());
    }

    /** Makes a converter of the type that the subclass names, by a mapper of yours. */
    protected JsonConverter(ObjectMapper mapper) {
        this.jackson = new Jackson<>(getClass(), mapper);
    }

    private static void requireJackson() {
        try {
            Class.forName("tools.jackson.databind.ObjectMapper");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "JSON columns of types of yours need Jackson 3, which is not on the class path."
                            + " Add the dependency tools.jackson.core:jackson-databind.",
                    e);
        }
    }

    /** @throws IllegalStateException if the type cannot be read from this JSON, of which the message says nothing */
    @Override
    public final @Nullable T from(@Nullable JSON json) {
        return json == null ? null : jackson.read(json);
    }

    /** @throws IllegalArgumentException if the value cannot be written as JSON, of which the message says nothing */
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
