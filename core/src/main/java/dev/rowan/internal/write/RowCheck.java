package dev.rowan.internal.write;

import dev.rowan.error.InvalidValue;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks or prepares the records of a batch before any is written. An error names the row, counted from 1. */
public final class RowCheck {

    private RowCheck() {}

    /**
     * Checks or prepares each record, in their order.
     *
     * @throws IllegalArgumentException if a record is null, or the check throws it
     * @throws InvalidValue if the check throws it
     */
    public static <R> void each(Iterable<R> records, Consumer<? super R> check) {
        long number = 0;
        for (var record : records) {
            one(++number, record, check);
        }
    }

    /** Checks or prepares the record with this number, as {@link #each} does. */
    public static <R> void one(long number, @Nullable R record, Consumer<? super R> check) {
        if (record == null) {
            throw new IllegalArgumentException("Row " + number + " is null.");
        }
        try {
            check.accept(record);
        } catch (InvalidValue e) {
            throw SqlExceptionTranslator.inRow(number, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Row " + number + ": " + e.getMessage(), e);
        }
    }
}
