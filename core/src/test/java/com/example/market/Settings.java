package com.example.market;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a JSON column holds. */
public record Settings(
        String theme,
        long visits,
        @Nullable BigDecimal share,
        @Nullable OffsetDateTime since,
        Map<String, Integer> limits) {}
