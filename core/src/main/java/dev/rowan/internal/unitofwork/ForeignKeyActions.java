package dev.rowan.internal.unitofwork;

import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.internal.unitofwork.Change.Kind;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.ForeignKey;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.QOM.ForeignKeyRule;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a session follow what the database does by itself when a flush deletes a row or changes its key:
 * the CASCADE and SET NULL of foreign keys. Not thread-safe.
 */
final class ForeignKeyActions {

    /**
     * A row that was deleted, or has another key.
     *
     * @param before the key that it had
     */
    private record Effect(KeyedRecord<?> row, List<Object> before, boolean isDeleted) {}

    private final UnitOfWork unitOfWork;
    private final UndoLog undo;

    ForeignKeyActions(UnitOfWork unitOfWork, UndoLog undo) {
        this.unitOfWork = unitOfWork;
        this.undo = undo;
    }

    /** Returns what makes the records follow, after a step has made these changes of a table. */
    Runnable of(Table<?> table, List<Change> changes) {
        Map<ForeignKey<?, ?>, List<Effect>> effects = new HashMap<>();
        for (var key : referencing(table)) {
            for (var change : changes) {
                var isDeleted = change.kind() == Kind.DELETE;
                var rule = isDeleted ? key.getDeleteRule() : key.getUpdateRule();
                if (Dependencies.isAction(rule) && change.writesAny(key.getKeyFields())) {
                    add(effects, key, before(change, key.getKeyFields()), change.record(), isDeleted);
                }
            }
        }
        return () -> effects.forEach(this::apply);
    }

    private static void add(
            Map<ForeignKey<?, ?>, List<Effect>> effects,
            ForeignKey<?, ?> key,
            @Nullable List<Object> before,
            KeyedRecord<?> row,
            boolean isDeleted) {
        if (before != null) {
            effects.computeIfAbsent(key, k -> new ArrayList<>()).add(new Effect(row, before, isDeleted));
        }
    }

    /** Returns the foreign keys of tracked tables that reference a table, and have an action. */
    private List<ForeignKey<?, ?>> referencing(Table<?> table) {
        var keys = new ArrayList<ForeignKey<?, ?>>();
        for (var tracked : unitOfWork.tables()) {
            for (var key : tracked.table().getReferences()) {
                if (key.getKey().getTable().equals(table)
                        && (Dependencies.isAction(key.getDeleteRule()) || Dependencies.isAction(key.getUpdateRule()))) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    private void apply(ForeignKey<?, ?> key, List<Effect> effects) {
        unitOfWork.reindexWritten();
        Map<List<Object>, Effect> byKey = new HashMap<>();
        effects.forEach(effect -> byKey.put(effect.before(), effect));
        Map<ForeignKey<?, ?>, List<Effect>> onward = new HashMap<>();
        for (var row : unitOfWork.storedRows(key.getTable())) {
            var values = stored(row, key.getFields());
            var effect = values == null ? null : byKey.get(values);
            if (effect != null) {
                apply(key, effect, row, onward);
            }
        }
        onward.forEach(this::apply);
    }

    private void apply(
            ForeignKey<?, ?> key, Effect effect, KeyedRecord<?> row, Map<ForeignKey<?, ?>, List<Effect>> onward) {
        var isDeleted = effect.isDeleted() && key.getDeleteRule() == ForeignKeyRule.CASCADE;
        for (var next : referencing(row.getTable())) {
            if (isDeleted || !Collections.disjoint(next.getKeyFields(), key.getFields())) {
                add(onward, next, stored(row, next.getKeyFields()), row, isDeleted);
            }
        }
        undo.add(row);
        unitOfWork.written(row);
        if (isDeleted) {
            unitOfWork.tableOf(row).markDeleted(row);
            return;
        }
        var isSetNull = effect.isDeleted() || key.getUpdateRule() == ForeignKeyRule.SET_NULL;
        for (int i = 0; i < key.getFields().size(); i++) {
            var value =
                    isSetNull ? null : effect.row().original(key.getKeyFields().get(i));
            RecordAccess.setOriginal(row, key.getFields().get(i), value);
        }
    }

    private static @Nullable List<Object> before(Change change, List<? extends TableField<?, ?>> fields) {
        var values = new ArrayList<>();
        for (var field : fields) {
            var value = change.before(field);
            if (value == null) {
                return null;
            }
            values.add(KeyValues.loose(value));
        }
        return values;
    }

    private static @Nullable List<Object> stored(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        var values = new ArrayList<>();
        for (var field : fields) {
            var value = row.original(field);
            if (value == null) {
                return null;
            }
            values.add(KeyValues.loose(value));
        }
        return values;
    }
}
