package dev.rowan.internal.write;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.WriteColumns;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.InsertValuesStepN;
import org.jooq.impl.DSL;

/**
 * The rows of one INSERT, in their order. They may have been given different columns: where a row was given none of what
 * another was, it says DEFAULT.
 */
public final class InsertChunk<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final List<R> rows;
    private final List<BitSet> given;
    private final boolean recurs;
    private final BitSet columns = new BitSet();

    /**
     * @param given the columns that an insert writes, row by row
     * @param recurs whether its statement is likely to come again, as one of a single row is, or of as many as there may be
     */
    public InsertChunk(TableMapping<R> mapping, List<R> rows, List<BitSet> given, boolean recurs) {
        this.mapping = mapping;
        this.rows = rows;
        this.given = given;
        this.recurs = recurs;
        given.forEach(columns::or);
        if (columns.isEmpty()) {
            // a statement must name one: DEFAULT for each
            columns.set(firstWritable());
        }
    }

    /** Returns a chunk of one row. */
    public static <R extends KeyedRecord<R>> InsertChunk<R> of(TableMapping<R> mapping, R row) {
        return new InsertChunk<>(mapping, List.of(row), List.of(written(mapping, row)), true);
    }

    /** Returns the columns that an insert writes: those touched, but for an id that the server is to make. */
    public static <R extends KeyedRecord<R>> BitSet written(TableMapping<R> mapping, R row) {
        var written = WriteColumns.of(row, mapping);
        var identity = mapping.identityIndex();
        if (identity >= 0 && row.get(identity) == null) {
            written.clear(identity);
        }
        return written;
    }

    TableMapping<R> mapping() {
        return mapping;
    }

    public List<R> rows() {
        return rows;
    }

    /** Says whether the server makes the ids of the rows. */
    boolean isNumbered() {
        var identity = mapping.identityIndex();
        return identity >= 0 && given.stream().noneMatch(columnsOfRow -> columnsOfRow.get(identity));
    }

    /** Returns the positions of the columns that are written. */
    public BitSet columns() {
        return columns;
    }

    public List<Field<?>> fields() {
        return columns.stream().<Field<?>>mapToObj(this::field).toList();
    }

    /** Returns a chunk for each row. */
    public List<InsertChunk<R>> apart() {
        return rows.stream().map(row -> of(mapping, row)).toList();
    }

    /** Returns jOOQ's text of a plain INSERT of one row, with the row repeated for the others. */
    String text() {
        return text(oneRow());
    }

    /**
     * Returns the text of an INSERT that goes on after its rows: jOOQ's for one row, with the row repeated for the
     * others.
     *
     * @param oneRow begins as {@link #query()} does
     */
    String text(String oneRow) {
        var plain = oneRow();
        var text = new StringBuilder(plain).delete(plain.length() - row(columns).length(), plain.length());
        var separator = "";
        BitSet last = null;
        var row = "";
        for (var columnsOfRow : given) {
            if (!columnsOfRow.equals(last)) {
                row = row(columnsOfRow);
            }
            text.append(separator).append(row);
            separator = ", ";
            last = columnsOfRow;
        }
        return text.append(oneRow, plain.length(), oneRow.length()).toString();
    }

    /** Returns the values, row by row. */
    private BindValues values() {
        var values = new BindValues();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var columnsOfRow = given.get(i);
            for (int c = columnsOfRow.nextSetBit(0); c >= 0; c = columnsOfRow.nextSetBit(c + 1)) {
                values.add(mapping.codec(c), row.get(c));
            }
        }
        return values;
    }

    /** Makes the call that writes the rows by a text. */
    <T> SqlCommand<T> call(StatementKind verb, String text, SqlCommand.Outcome<T> outcome) {
        var call = SqlCommand.write(verb, mapping.table(), text, values(), outcome);
        return recurs ? call : call.unpooled();
    }

    /** Returns the plain INSERT of one row that was given all the columns. */
    InsertValuesStepN<R> query() {
        return mapping.dsl().insertInto(mapping.table()).columns(fields()).values(places(columns));
    }

    private String oneRow() {
        return mapping.text(List.of("insert one", columns), this::query);
    }

    private String row(BitSet columnsOfRow) {
        return mapping.text(List.of("row", columns, columnsOfRow), () -> DSL.row(places(columnsOfRow)));
    }

    private List<Field<?>> places(BitSet columnsOfRow) {
        return columns.stream()
                .<Field<?>>mapToObj(
                        i -> columnsOfRow.get(i) ? TableMapping.written(field(i), null) : DSL.defaultValue(field(i)))
                .toList();
    }

    private int firstWritable() {
        var first = mapping.generated().nextClearBit(0);
        return first < mapping.table().fields().length ? first : 0;
    }

    private Field<?> field(int index) {
        return Objects.requireNonNull(mapping.table().field(index));
    }
}
