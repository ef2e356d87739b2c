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
 * The rows of one INSERT, in their order. The rows may set different columns: for a column that only other rows set, a
 * row has DEFAULT. Immutable.
 */
public final class InsertChunk<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final List<R> rows;
    private final List<BitSet> given;
    private final boolean recurs;
    private final BitSet columns = new BitSet();

    /**
     * Creates a chunk.
     *
     * @param given the columns that each row writes
     * @param recurs whether the same SQL is likely to be used again: that of a single row, or of a full chunk
     */
    public InsertChunk(TableMapping<R> mapping, List<R> rows, List<BitSet> given, boolean recurs) {
        this.mapping = mapping;
        this.rows = rows;
        this.given = given;
        this.recurs = recurs;
        given.forEach(columns::or);
        if (columns.isEmpty()) {
            // a statement must name a column: each row has DEFAULT for it
            columns.set(firstWritable());
        }
    }

    /** Returns a chunk of one row. */
    public static <R extends KeyedRecord<R>> InsertChunk<R> of(TableMapping<R> mapping, R row) {
        return new InsertChunk<>(mapping, List.of(row), List.of(WriteColumns.given(row, mapping)), true);
    }

    TableMapping<R> mapping() {
        return mapping;
    }

    /** Returns the records of the rows. */
    public List<R> rows() {
        return rows;
    }

    /** Returns the columns that the row at this position writes. The caller must not change the set. */
    BitSet given(int row) {
        return given.get(row);
    }

    /** Returns whether the server generates the ids of the rows. */
    boolean isNumbered() {
        var identity = mapping.identityIndex();
        return identity >= 0 && given.stream().noneMatch(columnsOfRow -> columnsOfRow.get(identity));
    }

    /** Returns whether the same SQL is likely to be used again. */
    boolean recurs() {
        return recurs;
    }

    /** Returns the positions of the columns that any row writes. The caller must not change the set. */
    public BitSet columns() {
        return columns;
    }

    /** Returns the columns that any row writes, in the order of the table. */
    public List<Field<?>> fields() {
        return columns.stream().<Field<?>>mapToObj(this::field).toList();
    }

    /** Returns one chunk per row. */
    public List<InsertChunk<R>> split() {
        return rows.stream().map(row -> of(mapping, row)).toList();
    }

    /** Returns the SQL of a plain INSERT: jOOQ's SQL of one row, with the row repeated for the others. */
    String text() {
        return text(oneRow());
    }

    /**
     * Returns the SQL of an INSERT with a clause after its rows: jOOQ's SQL of one row, with the row repeated for the
     * others.
     *
     * @param oneRow the SQL of one row; it begins with that of {@link #query()}
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

    /** Returns the bind values, row by row. */
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

    /** Returns the command that writes the rows with this SQL. */
    <T> SqlCommand<T> call(StatementKind kind, String text, SqlCommand.Outcome<T> outcome) {
        return call(kind, text, new BindValues(), outcome);
    }

    /** Returns the command that writes the rows with this SQL, which has other values after those of the rows. */
    <T> SqlCommand<T> call(StatementKind kind, String text, BindValues after, SqlCommand.Outcome<T> outcome) {
        var call = SqlCommand.write(kind, mapping.table(), text, values().addAll(after), outcome);
        return recurs ? call : call.unpooled();
    }

    /** Returns the plain INSERT of one row that sets all columns of the chunk. */
    InsertValuesStepN<R> query() {
        return mapping.dsl().insertInto(mapping.table()).columns(fields()).values(placeholders(columns));
    }

    private String oneRow() {
        return mapping.text(List.of("insert one", columns), this::query);
    }

    private String row(BitSet columnsOfRow) {
        return mapping.text(List.of("row", columns, columnsOfRow), () -> DSL.row(placeholders(columnsOfRow)));
    }

    private List<Field<?>> placeholders(BitSet columnsOfRow) {
        return columns.stream()
                .<Field<?>>mapToObj(i -> columnsOfRow.get(i)
                        ? TableMapping.writePlaceholder(field(i), null)
                        : DSL.defaultValue(field(i)))
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
