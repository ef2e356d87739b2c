package dev.rowan;

import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Converter;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a type of yours of a {@code JSON} column, by Jackson 3, which has to be on the class path:
 * {@code new JsonConverter<List<Tag>>() {}}. Generated code does so.
 *
 * <p>Unless you give it a mapper, it reads and writes as Jackson does by itself, but leaves decimals their digits and
 * times their offsets. NULL is null, and so is JSON's own null, unless the type says otherwise, as Jackson's trees do; null
 * is written as NULL. Let the type be immutable: a change inside a value is none of the record's. Thread-safe.
 */
public abstract class JsonConverter<T> implements Converter<JSON, T> {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .build();

    private final JavaType type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    /** Makes a converter of the type that the subclass names. */
    protected JsonConverter() {
        this(MAPPER);
    }

    /** Makes a converter of the type that the subclass names, by a mapper of yours. */
    protected JsonConverter(ObjectMapper mapper) {
        this.type =
                mapper.getTypeFactory().findTypeParameters(mapper.constructType(getClass()), JsonConverter.class)[0];
        this.reader = mapper.readerFor(type);
        this.writer = mapper.writerFor(type);
    }

    /** @throws IllegalStateException if the type cannot be read from this JSON, of which the message says nothing */
    @Override
    public final @Nullable T from(@Nullable JSON json) {
        if (json == null) return null;
        try {
            return reader.readValue(json.data());
        } catch (JacksonException e) {
            throw new Unreadable(type.toCanonical() + " cannot be read from the JSON that a row holds" + why(e)
                    + ". Let the type take it, or mend the row.");
        }
    }

    /** @throws IllegalArgumentException if the value cannot be written as JSON, of which the message says nothing */
    @Override
    public final @Nullable JSON to(@Nullable T value) {
        if (value == null) return null;
        try {
            return JSON.json(writer.writeValueAsString(value));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("A value of " + type.toCanonical() + " cannot be written as JSON"
                    + why(e) + ". Let Jackson write the type, by its annotations or by a mapper of yours.");
        }
    }

    @Override
    public final Class<JSON> fromType() {
        return JSON.class;
    }

    @Override
    @SuppressWarnings("unchecked") // of a generic type there is no other class
    public final Class<T> toType() {
        return (Class<T>) type.getRawClass();
    }

    /** Says what is wrong and where. Jackson's own message and the keys of maps are of the document: they stay out. */
    private static String why(JacksonException failure) {
        var place = failure.getPath().stream()
                .map(step -> step.getIndex() >= 0
                        ? "[" + step.getIndex() + "]"
                        : step.from() instanceof Map ? ".*" : "." + step.getPropertyName())
                .collect(Collectors.joining());
        return (place.isEmpty() ? "" : ", at " + place) + " ("
                + failure.getClass().getSimpleName() + ")";
    }
}
