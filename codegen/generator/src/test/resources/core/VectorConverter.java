package dev.rowan.type;

public final class VectorConverter implements org.jooq.Converter<byte[], float[]> {
    private static final long serialVersionUID = 1;
    @Override public float[] from(byte[] bytes) { return null; }
    @Override public byte[] to(float[] vector) { return null; }
    @Override public Class<byte[]> fromType() { return byte[].class; }
    @Override public Class<float[]> toType() { return float[].class; }
}
