package dev.rowan.record;

import java.sql.Connection;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.RecordContext;
import org.jooq.RecordListener;
import org.jooq.TableRecord;
import org.jooq.conf.SettingsTools;
import org.jooq.exception.DetachedException;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultRecordListenerProvider;

/**
 * Refuses jOOQ's own verbs on a detached record, with the call to make instead. By themselves some of them do nothing:
 * {@code store()} returns 0 if no column was set.
 */
final class DetachedVerbs implements RecordListener {

    /**
     * The configuration of detached records: it has no connection. A key is a column like the others: by default jOOQ
     * marks all columns as set when a key is changed, after which nobody knows which ones the user has set.
     */
    static final Configuration CONFIGURATION = new DefaultConfiguration()
            .set(SettingsTools.defaultSettings().withUpdatablePrimaryKeys(true))
            .set(new DefaultRecordListenerProvider(new DetachedVerbs()))
            .set(new NoConnection());

    private DetachedVerbs() {}

    @Override
    public void storeStart(RecordContext context) {
        throw refused("store()", "save(record)", context);
    }

    @Override
    public void insertStart(RecordContext context) {
        if (context.record() instanceof KeyedRecord<?>) {
            throw refused("insert()", "insert(record)", context);
        }
        throw new DetachedException("jOOQ's insert() does nothing on this record of " + table(context)
                + ", which has no primary key. Call dsl().insertInto(table).set(record).execute() instead.");
    }

    @Override
    public void updateStart(RecordContext context) {
        throw refused("update()", "update(record)", context);
    }

    @Override
    public void mergeStart(RecordContext context) {
        throw refused("merge()", "upsert(record).on(key)", context);
    }

    @Override
    public void deleteStart(RecordContext context) {
        throw refused("delete()", "delete(record)", context);
    }

    private static DetachedException refused(String verb, String instead, RecordContext context) {
        return new DetachedException("jOOQ's " + verb + " does nothing on this record of " + table(context)
                + ", which is detached. Call " + instead + " on the repository instead.");
    }

    private static String table(RecordContext context) {
        return context.record() instanceof TableRecord<?> record
                ? record.getTable().getName()
                : "a table";
    }

    /** Refuses the verbs that read, which do not notify the listener first. */
    private static final class NoConnection implements ConnectionProvider {

        @Override
        public Connection acquire() {
            throw new DetachedException(
                    "This record is detached, so jOOQ cannot read a row with it. Instead of refresh(),"
                            + " call get(key) on the repository, or session.refresh(record); load related rows with"
                            + " with(relation).");
        }

        @Override
        public void release(Connection connection) {
            // there is none
        }
    }
}
