package dev.rowan.observe;

import java.util.Optional;

/**
 * A transaction that an observer is told of.
 *
 * @param name the name in its options; empty if it has none
 * @param readOnly whether the server refuses writes
 * @param server where it runs
 */
public record ObservedTransaction(Optional<String> name, boolean readOnly, ObservedServer server) {}
