package dev.rowan.type;

import dev.rowan.internal.util.UnreadableValueException;
import java.util.Map;
import java.util.stream.Collectors;
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
 * Reads and writes one type with Jackson. It is separate from {@link JsonConverter}, so that a service without Jackson
 * can load the converter, which reports what is missing. Thread-safe.
 */
final class Jackson<T> {

    /** Keeps the digits of decimals, and the offsets of times. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .build();

    private final JavaType type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    /** @param converter a subclass that names the type */
    Jackson(Class<?> converter) {
        this(converter, MAPPER);
    }

    /** @param converter a subclass that names the type */
    Jackson(Class<?> converter, ObjectMapper mapper) {
        this.type = mapper.getTypeFactory().findTypeParameters(mapper.constructType(converter), JsonConverter.class)[0];
        this.reader = mapper.readerFor(type);
        this.writer = mapper.writerFor(type);
    }

    @Nullable T read(JSON json) {
        try {
            return reader.readValue(json.data());
        } catch (JacksonException e) {
            throw new UnreadableValueException(type.toCanonical() + " cannot be read from the JSON in a row" + why(e)
                    + ". Change the type, or fix the row.");
        }
    }

    JSON write(T value) {
        try {
            return JSON.json(writer.writeValueAsString(value));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("A value of " + type.toCanonical() + " cannot be written as JSON"
                    + why(e) + ". Make the type serializable, with annotations of Jackson or with your own mapper.");
        }
    }

    @SuppressWarnings("unchecked") // a generic type has only its raw class
    Class<T> type() {
        return (Class<T>) type.getRawClass();
    }

    /** Returns what failed and where, without Jackson's message and the keys of maps, which quote the document. */
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
