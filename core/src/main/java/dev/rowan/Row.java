package dev.rowan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.UpdatableRecord;
import org.jooq.impl.UpdatableRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * The base of generated records of tables with a primary key: a jOOQ record, detached, so that it is written through a
 * repository and not by itself. Not thread-safe.
 */
public abstract class Row<R extends UpdatableRecord<R>> extends UpdatableRecordImpl<R> {

    private transient @Nullable Map<Field<?>, Field<?>> expressions;
    private transient @Nullable Loads loads;

    /** Makes a blank row of a table; generated records call it. */
    protected Row(Table<R> table) {
        super(table);
    }

    /**
     * Sets a column to what the database works out from an expression, such as {@code USERS.AGE.plus(1)}: for the patch
     * of an update. The record itself does not learn the outcome.
     */
    public <T> void set(Field<T> field, @Nullable Field<T> expression) {
        if (expression == null) { // what a bare null means, which the compiler takes for an expression
            set(field, (T) null);
            return;
        }
        if (indexOf(field) < 0)
            throw new IllegalArgumentException(
                    getTable().getName() + " has no column " + Names.shown(field) + " to set.");
        if (expressions == null) expressions = new HashMap<>();
        expressions.put(field, expression);
    }

    /** Returns what {@link #set(Field, Field)} was given, by column. */
    final Map<Field<?>, Field<?>> expressions() {
        return expressions == null ? Map.of() : expressions;
    }

    /** Sets a column to what the server says stands there. */
    final void learn(Field<?> field, @Nullable Object value) {
        set(indexOf(field), value);
    }

    /** Makes the record one that stands for no row: what it holds is as if just set, without what the database worked out. */
    final void forget() {
        var values = intoArray();
        for (int i = 0; i < values.length; i++) set(i, null);
        touched(false); // what is stored, as far as the record knows, is nothing
        for (int i = 0; i < values.length; i++) if (!fields()[i].getDataType().readonly()) set(i, values[i]);
    }

    /** Returns what sets the record back to what it holds now. */
    final Runnable remember() {
        var values = intoArray();
        var originals = new Object[values.length];
        var isTouched = new BitSet(values.length);
        for (int i = 0; i < values.length; i++) {
            originals[i] = original(i);
            isTouched.set(i, touched(i));
        }
        return () -> {
            for (int i = 0; i < values.length; i++) set(i, originals[i]);
            touched(false);
            for (int i = 0; i < values.length; i++) set(i, values[i]);
            for (int i = 0; i < values.length; i++)
                touched(i, isTouched.get(i)); // a key that is set touches all others
        };
    }

    /** Takes all columns from another record of the same row, as what is stored. */
    final void become(Row<R> stored) {
        for (int i = 0; i < size(); i++) set(i, stored.get(i));
        touched(false);
    }

    /** Takes all columns from the row the cursor stands on. */
    final void fill(Codec[] codecs, ResultSet rows) throws SQLException {
        for (int i = 0; i < codecs.length; i++) set(i, codecs[i].read(field(i), rows, i + 1));
        touched(false);
    }

    /** Returns what was loaded along the relations of this record. */
    final Loads loads() {
        if (loads == null) loads = new Loads();
        return loads;
    }
}
