package dev.rowan.type;

import java.util.UUID;

public final class UuidConverter implements org.jooq.Converter<byte[], UUID> {
    private static final long serialVersionUID = 1;
    @Override public UUID from(byte[] bytes) { return null; }
    @Override public byte[] to(UUID uuid) { return null; }
    @Override public Class<byte[]> fromType() { return byte[].class; }
    @Override public Class<UUID> toType() { return UUID.class; }
}
