package dev.rowan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableRecord;
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
    private transient @Nullable Links links;
    private transient @Nullable AtomicBoolean open;

    /** Makes a blank row of a table; generated records call it. */
    protected Row(Table<R> table) {
        super(table);
    }

    /** Returns the record as one that can be written. @throws IllegalArgumentException if it is one without a primary key */
    static Row<?> of(TableRecord<?> record) {
        if (record instanceof Row<?> row) {
            return row;
        }
        throw new IllegalArgumentException(
                record.getTable().getName() + " has no primary key, and is not written by records.");
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
        if (indexOf(field) < 0) {
            throw new IllegalArgumentException(
                    getTable().getName() + " has no column " + Names.shown(field) + " to set.");
        }
        if (expressions == null) {
            expressions = new HashMap<>();
        }
        expressions.put(field, expression);
    }

    /** Returns what {@link #set(Field, Field)} was given, by column. */
    final Map<Field<?>, Field<?>> expressions() {
        return expressions == null ? Map.of() : expressions;
    }

    /** Sets a column to what the server says stands there. */
    final void learn(Field<?> field, @Nullable Object value) {
        learn(indexOf(field), value);
    }

    /** Sets the column at a position to what the server says stands there. */
    final void learn(int index, @Nullable Object value) {
        if (original(index) == null) {
            // as it will be, but see fill
            touched(index, true);
        }
        set(index, value);
    }

    /** Makes the record one that stands for no row: what it holds is as if just set, without what the database worked out. */
    final void forget() {
        var values = values();
        for (int i = 0; i < values.length; i++) {
            set(i, null);
        }
        touched(false); // what is stored, as far as the record knows, is nothing
        for (int i = 0; i < values.length; i++) {
            if (!fields()[i].getDataType().readonly()) {
                set(i, values[i]);
            }
        }
    }

    /** Says whether the record holds nothing. */
    final boolean isBlank() {
        for (int i = 0; i < size(); i++) {
            if (get(i) != null) {
                return false;
            }
        }
        return true;
    }

    /** Returns what the record holds; jOOQ's {@code intoArray()} makes a cache of thousands of places for it each time. */
    private @Nullable Object[] values() {
        var values = new Object[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i);
        }
        return values;
    }

    /** Returns what sets the record back to what it holds now. */
    final Runnable remember() {
        var values = values();
        var originals = new Object[values.length];
        var isTouched = new BitSet(values.length);
        for (int i = 0; i < values.length; i++) {
            originals[i] = original(i);
            isTouched.set(i, touched(i));
        }
        var tied = links == null ? null : links.copy();
        var loaded = loads == null ? null : loads.copy();
        return () -> {
            links = tied;
            loads = loaded;
            for (int i = 0; i < values.length; i++) {
                set(i, originals[i]);
            }
            touched(false);
            for (int i = 0; i < values.length; i++) {
                set(i, values[i]);
            }
            for (int i = 0; i < values.length; i++) {
                // a key that is set touches all others
                touched(i, isTouched.get(i));
            }
        };
    }

    /** Takes all columns from another record of the same row, as what is stored. */
    final void become(Row<R> stored) {
        for (int i = 0; i < size(); i++) {
            set(i, stored.get(i));
        }
        touched(false);
    }

    /** Says whether this holds, unmodified, what the other does. */
    final boolean holds(Row<R> read) {
        for (int i = 0; i < size(); i++) {
            if (!Objects.deepEquals(get(i), read.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Takes the columns that were not modified from another record of the same row, as what is stored. */
    final void rebase(Row<R> stored) {
        for (int i = 0; i < size(); i++) {
            if (modified(i)) {
                continue;
            }
            set(i, stored.get(i));
            touched(i, false);
        }
    }

    /** Has the record say what is stored again. */
    final void revert() {
        reset();
        expressions = null;
        links = null;
    }

    /** Forgets what was loaded along the relations of this record. */
    final void unload() {
        loads = null;
    }

    /**
     * Takes the keys of the rows that the record was made to refer to.
     *
     * @throws IllegalArgumentException if one of them has none yet
     */
    final void resolve() {
        if (links != null && links.isWaiting()) {
            links.resolve();
        }
    }

    /** Says that a session has the record, for as long as this is true. */
    final void belongTo(AtomicBoolean session) {
        open = session;
    }

    /** Says whether a session has the record that is another than this, and open. */
    @SuppressWarnings("ReferenceEquality")
    final boolean belongsToAnotherThan(AtomicBoolean session) {
        return open != null && open != session && open.get();
    }

    /** Returns what ties the record to rows yet to be written, if anything does. */
    final @Nullable Links links() {
        return links;
    }

    /** Returns what ties the record to rows yet to be written. */
    final Links link() {
        if (links == null) {
            links = new Links(this);
        }
        return links;
    }

    /** Forgets what tied the record to rows: they are written. */
    final void unlink() {
        links = null;
    }

    /** Takes all columns from the row the cursor stands on. */
    final void fill(Codec[] codecs, ResultSet rows) throws SQLException {
        touched(true); // or jOOQ makes a Configuration for each row, to ask it whether a key may be set
        for (int i = 0; i < codecs.length; i++) {
            set(i, codecs[i].read(field(i), rows, i + 1));
        }
        touched(false);
    }

    /** Returns what was loaded along the relations of this record. */
    final Loads loads() {
        if (loads == null) {
            loads = new Loads();
        }
        return loads;
    }
}
