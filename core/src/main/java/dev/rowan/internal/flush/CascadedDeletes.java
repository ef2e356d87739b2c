package dev.rowan.internal.flush;

import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.PendingReferences;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.ForeignKey;
import org.jooq.TableField;
import org.jooq.impl.QOM.ForeignKeyRule;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the database deletes by itself, as they refer to deleted rows by foreign keys with ON DELETE CASCADE.
 * Keys are compared exactly: a row that is not found is only written in vain. For a single use.
 */
final class CascadedDeletes {

    private final Set<KeyedRecord<?>> deleted = new IdentitySet<>();
    private final Map<List<TableField<?, ?>>, Set<List<Object>>> keys = new HashMap<>();

    private CascadedDeletes(Collection<? extends KeyedRecord<?>> deleted) {
        this.deleted.addAll(deleted);
    }

    /**
     * Returns the rows without those that are deleted with others, as they go on referring to them.
     *
     * @param rows stored rows, with their changes
     * @param deleted stored rows that are deleted
     */
    static List<KeyedRecord<?>> without(
            Collection<? extends KeyedRecord<?>> rows, Collection<? extends KeyedRecord<?>> deleted) {
        List<KeyedRecord<?>> left = new ArrayList<>(rows);
        if (deleted.isEmpty()) {
            return left;
        }
        var cascade = new CascadedDeletes(deleted);
        boolean isMore;
        do {
            isMore = cascade.deleted.addAll(
                    left.stream().filter(cascade::deletes).toList());
            left.removeIf(cascade.deleted::contains);
            cascade.keys.clear();
        } while (isMore);
        return left;
    }

    private boolean deletes(KeyedRecord<?> row) {
        return row.getTable().getReferences().stream()
                .filter(key -> key.getDeleteRule() == ForeignKeyRule.CASCADE)
                .anyMatch(key -> refersToDeleted(row, key));
    }

    private boolean refersToDeleted(KeyedRecord<?> row, ForeignKey<?, ?> key) {
        if (PendingReferences.isGiven(row, key)) {
            return false; // to another row, which may take the key of the deleted one
        }
        var referred = values(row, key.getFields());
        return referred != null
                && keys.computeIfAbsent(List.copyOf(key.getKeyFields()), this::deletedKeys)
                        .contains(referred);
    }

    private Set<List<Object>> deletedKeys(List<TableField<?, ?>> fields) {
        Set<List<Object>> values = new HashSet<>();
        for (var row : deleted) {
            if (row.getTable().equals(fields.getFirst().getTable())) {
                var value = values(row, fields);
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** Returns what the row holds in some columns; null if one is NULL. */
    private static @Nullable List<Object> values(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        var values = new ArrayList<>();
        for (var field : fields) {
            var value = row.original(field);
            if (value == null) {
                return null;
            }
            values.add(KeyValues.comparable(value));
        }
        return values;
    }
}
