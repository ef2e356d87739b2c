package dev.rowan.internal.load;

import dev.rowan.internal.codec.ValueCheck;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.util.TimeLiterals;
import dev.rowan.internal.write.InsertChunk;
import dev.rowan.record.KeyedRecord;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.temporal.ChronoField;
import java.util.Collections;
import java.util.Iterator;
import org.jooq.EnumType;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rows as a file in the default format of LOAD DATA: a line per row, tabs between the columns, {@code \N} for
 * NULL, and backslash escapes. The file is encoded in parts as the driver reads it, while the server loads the parts
 * before.
 *
 * <p>Reading never throws: the driver would not tell the server that the file has ended, and both would wait for each
 * other. A failure ends the file, and is thrown by {@link #rethrowFailure()}. Not thread-safe.
 */
final class InfileStream<R extends KeyedRecord<R>> extends InputStream {

    /**
     * The bytes of a part. A smaller part means more packets; with a larger one, the server waits longer for the first.
     */
    private static final int PART_SIZE = 1 << 16;

    /** Times are rounded to the microsecond, as the driver rounds bind values. */
    private static final int HALF_A_MICROSECOND = TimeLiterals.MICROSECOND / 2;

    private final TableMapping<R> mapping;
    private final int[] columns;
    private final Utf8Buffer part = new Utf8Buffer(PART_SIZE + (PART_SIZE >> 3));
    private Iterator<R> rows;
    private int read;
    private @Nullable Throwable failure;

    InfileStream(InsertChunk<R> chunk, TableMapping<R> mapping) {
        this.mapping = mapping;
        this.columns = chunk.columns().stream().toArray();
        this.rows = chunk.rows().iterator();
    }

    /** Throws the failure that ended the file before its last row, if there was one. */
    void rethrowFailure() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (read == part.size()) {
            encodePart();
        }
        var count = Math.min(length, part.size() - read);
        part.copy(read, into, offset, count);
        read += count;
        return count == 0 ? -1 : count;
    }

    private void encodePart() {
        read = 0;
        part.clear();
        try {
            while (part.size() < PART_SIZE && rows.hasNext()) {
                addLine(rows.next());
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            rows = Collections.emptyIterator();
            part.clear();
        }
    }

    private void addLine(R row) {
        for (int i = 0; i < columns.length; i++) {
            if (i > 0) {
                part.add('\t');
            }
            add(mapping.codec(columns[i]).wire(row.get(columns[i])));
        }
        part.add('\n');
    }

    private void add(@Nullable Object wire) {
        switch (wire) {
            case null -> part.add("\\N");
            case String text -> part.addEscaped(text);
            case JSON json -> part.addEscaped(json.data());
            case EnumType constant -> part.addEscaped(constant.getLiteral());
            case byte[] bytes -> part.addHex(bytes);
            case Boolean bit -> part.add(bit ? '1' : '0');
            case Integer number -> part.add(number, 1);
            case Long number -> part.add(number, 1);
            case BigDecimal number -> part.add(number.toPlainString());
            case LocalDateTime time -> {
                var rounded = time.plusNanos(HALF_A_MICROSECOND);
                add(rounded.toLocalDate());
                part.add(' ');
                addMicros(rounded.toLocalTime());
            }
            case LocalDate date -> add(date);
            case LocalTime time -> addMicros(time.plusNanos(HALF_A_MICROSECOND));
            case Duration duration -> part.add(TimeLiterals.of(duration));
            case Year year -> part.add(year.getValue(), 4); // with fewer digits, 0 would be the year 2000
            default -> part.add(wire.toString());
        }
    }

    private void add(LocalDate date) {
        if (date.getYear() < 0 || date.getYear() > ValueCheck.LAST_YEAR) {
            part.add(date.toString());
            return;
        }
        part.add(date.getYear(), 4);
        part.add('-');
        part.add(date.getMonthValue(), 2);
        part.add('-');
        part.add(date.getDayOfMonth(), 2);
    }

    private void addMicros(LocalTime time) {
        part.add(time.getHour(), 2);
        part.add(':');
        part.add(time.getMinute(), 2);
        part.add(':');
        part.add(time.getSecond(), 2);
        if (time.getNano() < TimeLiterals.MICROSECOND) {
            return;
        }
        part.add('.');
        part.add(time.getLong(ChronoField.MICRO_OF_SECOND), 6);
    }
}
