package dev.rowan.internal.util;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Formats times as MySQL's literals. */
public final class TimeLiterals {

    /** A microsecond in nanoseconds: the finest fraction of a second that MySQL stores. */
    public static final int MICROSECOND = 1_000;

    private TimeLiterals() {}

    /** Returns a TIME literal, rounded to the microsecond as the driver rounds bind values. */
    public static String of(Duration duration) {
        var rounded = Duration.ofNanos(Math.floorDiv(duration.toNanos() + MICROSECOND / 2, MICROSECOND) * MICROSECOND);
        var time = rounded.abs();
        return String.format(
                Locale.ROOT,
                "%s%d:%02d:%02d.%06d",
                rounded.isNegative() ? "-" : "",
                time.toHours(),
                time.toMinutesPart(),
                time.toSecondsPart(),
                time.toNanosPart() / MICROSECOND);
    }

    /** Returns a DATETIME literal, rounded to the microsecond as the driver rounds bind values. */
    public static String of(LocalDateTime time) {
        var rounded = time.plusNanos(MICROSECOND / 2).truncatedTo(ChronoUnit.MICROS);
        return rounded.toLocalDate() + " " + DateTimeFormatter.ISO_LOCAL_TIME.format(rounded);
    }
}
