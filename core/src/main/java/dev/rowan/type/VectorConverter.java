package dev.rowan.type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jooq.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Converts a {@code VECTOR} to its numbers, from the bytes in which the server stores them. Generated code names it.
 * Thread-safe.
 */
public final class VectorConverter implements Converter<byte[], float[]> {

    /** Creates a converter. */
    public VectorConverter() {}

    @Override
    public float @Nullable [] from(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        var vector = new float[bytes.length / Float.BYTES];
        numbers(bytes).asFloatBuffer().get(vector);
        return vector;
    }

    @Override
    public byte @Nullable [] to(float @Nullable [] vector) {
        if (vector == null) {
            return null;
        }
        var bytes = new byte[vector.length * Float.BYTES];
        numbers(bytes).asFloatBuffer().put(vector);
        return bytes;
    }

    private static ByteBuffer numbers(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Class<byte[]> fromType() {
        return byte[].class;
    }

    @Override
    public Class<float[]> toType() {
        return float[].class;
    }
}
