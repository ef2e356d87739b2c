package dev.rowan.internal.util;

/** The state of a record, as far as the base class of generated records asks for it. */
@FunctionalInterface
public interface TrackedState {

    /** Returns whether an open session tracks the record. */
    boolean isTracked();
}
