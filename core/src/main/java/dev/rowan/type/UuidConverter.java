package dev.rowan.type;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jooq.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Converts {@code BINARY(16)} to a {@link UUID}, with the bytes in the order of the UUID's text. Generated code names
 * it. Thread-safe.
 */
public final class UuidConverter implements Converter<byte[], UUID> {

    /** Creates a converter. */
    public UuidConverter() {}

    @Override
    public @Nullable UUID from(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    @Override
    public byte @Nullable [] to(@Nullable UUID uuid) {
        if (uuid == null) {
            return null;
        }
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    @Override
    public Class<byte[]> fromType() {
        return byte[].class;
    }

    @Override
    public Class<UUID> toType() {
        return UUID.class;
    }
}
