package com.example.market;

import java.time.Instant;

/** An instant that is one of a kind. */
public record Opened(Instant at) {}
