package dev.rowan.result;

import dev.rowan.record.KeyedRecord;
import java.util.List;

/**
 * What the next flush of a session writes, as far as it is known: changes of links are not among it. Immutable, except
 * for the records.
 *
 * @param added the new records, whose rows are inserted
 * @param modified the records whose rows are updated
 * @param deleted the records whose rows are deleted
 */
public record PendingChanges(List<KeyedRecord<?>> added, List<KeyedRecord<?>> modified, List<KeyedRecord<?>> deleted) {

    /** Keeps the lists as they are now. */
    public PendingChanges {
        added = List.copyOf(added);
        modified = List.copyOf(modified);
        deleted = List.copyOf(deleted);
    }

    /** Returns whether there are no such changes. */
    public boolean isEmpty() {
        return added.isEmpty() && modified.isEmpty() && deleted.isEmpty();
    }

    /** Returns the numbers of records; no values. */
    @Override
    public String toString() {
        return added.size() + " added, " + modified.size() + " modified, " + deleted.size() + " deleted";
    }
}
