package dev.rowan;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.impl.TableRecordImpl;
import org.jspecify.annotations.Nullable;

/** The base of generated records of views, and of tables without a primary key: read, never written. Not thread-safe. */
public abstract class KeylessRow<R extends TableRecord<R>> extends TableRecordImpl<R> {

    private transient @Nullable Loads loads;

    /** Makes a blank row of a table; generated records call it. */
    protected KeylessRow(Table<R> table) {
        super(table);
    }

    /** Takes all columns from the row the cursor stands on. */
    final void fill(Codec[] codecs, ResultSet rows) throws SQLException {
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
