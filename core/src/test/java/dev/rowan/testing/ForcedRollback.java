package dev.rowan.testing;

/** Thrown by a test to roll back a transaction or a nested one. */
public final class ForcedRollback extends RuntimeException {
    private static final long serialVersionUID = 1;
}
