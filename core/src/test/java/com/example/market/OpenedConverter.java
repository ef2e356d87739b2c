package com.example.market;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** Keeps an instant in a DATETIME, in UTC. */
public final class OpenedConverter extends AbstractConverter<LocalDateTime, Opened> {

    /** Called by generated code. */
    public OpenedConverter() {
        super(LocalDateTime.class, Opened.class);
    }

    @Override
    public @Nullable Opened from(@Nullable LocalDateTime time) {
        return time == null ? null : new Opened(time.toInstant(ZoneOffset.UTC));
    }

    @Override
    public @Nullable LocalDateTime to(@Nullable Opened opened) {
        return opened == null ? null : LocalDateTime.ofInstant(opened.at(), ZoneOffset.UTC);
    }
}
