package dev.rowan.internal.unitofwork;

import dev.rowan.internal.flush.Change;
import dev.rowan.internal.flush.Change.Kind;
import dev.rowan.internal.flush.ReferentialAction;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.ForeignKey;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.QOM.ForeignKeyRule;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a session follow what the database does by itself when a flush deletes a row or changes its key:
 * the CASCADE and SET NULL of foreign keys. Also through rows that the session does not track, as far as their keys
 * contain those that change. Not thread-safe.
 */
final class ForeignKeyActions {

    /**
     * What happened to the referenced rows that held some values.
     *
     * @param after what they hold now; null if they were deleted
     */
    private record Effect(List<Object> before, @Nullable List<@Nullable Object> after) {}

    /** Columns of a foreign key whose referenced columns have changed. */
    private record Affected(ForeignKey<?, ?> key, List<TableField<?, ?>> fields) {}

    private final UnitOfWork unitOfWork;
    private final UndoLog undo;

    ForeignKeyActions(UnitOfWork unitOfWork, UndoLog undo) {
        this.unitOfWork = unitOfWork;
        this.undo = undo;
    }

    /** Returns what makes the records follow, after a step has made these changes of a table. */
    Runnable of(Table<?> table, List<Change> changes) {
        var follow = new ArrayList<Runnable>();
        for (var key : referencing(table)) {
            Map<List<Object>, Change> byValue = new HashMap<>();
            for (var change : changes) {
                var before = hasAction(key, change.kind() == Kind.DELETE) && change.writesAny(key.getKeyFields())
                        ? KeyValues.loose(key.getKeyFields(), change::before)
                        : null;
                if (before != null) {
                    byValue.put(before, change);
                }
            }
            if (!byValue.isEmpty()) {
                follow.add(() -> apply(
                        new Affected(key, List.copyOf(key.getFields())),
                        byValue.entrySet().stream()
                                .map(entry -> effect(entry.getKey(), entry.getValue(), key))
                                .toList(),
                        new HashSet<>()));
            }
        }
        return () -> follow.forEach(Runnable::run);
    }

    private static Effect effect(List<Object> before, Change change, ForeignKey<?, ?> key) {
        return new Effect(before, change.kind() == Kind.DELETE ? null : originals(change.record(), key.getKeyFields()));
    }

    private static boolean hasAction(ForeignKey<?, ?> key, boolean isDeleted) {
        return ReferentialAction.of(key, isDeleted);
    }

    /** Returns the foreign keys that reference a table, and have an action. */
    private static List<ForeignKey<?, ?>> referencing(Table<?> table) {
        List<ForeignKey<?, ?>> keys = new ArrayList<>();
        for (var key : table.getKeys()) {
            for (var reference : key.getReferences()) {
                if (hasAction(reference, true) || hasAction(reference, false)) {
                    keys.add(reference);
                }
            }
        }
        return keys;
    }

    /** @param path the foreign keys on the way, which may lead in a circle */
    private void apply(Affected affected, List<Effect> effects, Set<ForeignKey<?, ?>> path) {
        var key = affected.key();
        unitOfWork.reindexWritten();
        Map<List<Object>, Effect> byValue = new HashMap<>();
        effects.forEach(effect -> byValue.put(effect.before(), effect));
        var rows = new IdentityHashMap<KeyedRecord<?>, Effect>();
        for (var row : unitOfWork.storedRows(key.getTable())) {
            var values = KeyValues.loose(key.getFields(), field -> row.original(field)) == null
                    ? null
                    : KeyValues.loose(affected.fields(), field -> row.original(field));
            var effect = values == null ? null : byValue.get(values);
            if (effect != null) {
                rows.put(row, effect);
            }
        }
        var onward = new ArrayList<Runnable>();
        for (var next : referencing(key.getTable())) {
            onward.add(onward(affected, effects, rows, next, path));
        }
        rows.forEach((row, effect) -> apply(affected, effect, row));
        onward.forEach(Runnable::run);
    }

    private void apply(Affected affected, Effect effect, KeyedRecord<?> row) {
        undo.add(row);
        unitOfWork.written(row);
        var key = affected.key();
        if (isDeleting(key, effect)) {
            unitOfWork.tableOf(row).markDeleted(row);
            return;
        }
        var values = valuesOf(affected, effect);
        for (int i = 0; i < values.size(); i++) {
            RecordAccess.setOriginal(row, affected.fields().get(i), values.get(i));
        }
    }

    private static boolean isDeleting(ForeignKey<?, ?> key, Effect effect) {
        return effect.after() == null && key.getDeleteRule() == ForeignKeyRule.CASCADE;
    }

    /** Returns what the columns of the rows hold after an effect that does not delete them. */
    private static List<@Nullable Object> valuesOf(Affected affected, Effect effect) {
        return effect.after() == null || affected.key().getUpdateRule() == ForeignKeyRule.SET_NULL
                ? Collections.nCopies(affected.fields().size(), null)
                : effect.after();
    }

    /**
     * Returns what makes the rows follow that reference the affected ones. Their columns tell whether they do, if the
     * foreign key contains the affected columns. Otherwise only the tracked rows tell.
     */
    private Runnable onward(
            Affected affected,
            List<Effect> effects,
            IdentityHashMap<KeyedRecord<?>, Effect> rows,
            ForeignKey<?, ?> next,
            Set<ForeignKey<?, ?>> path) {
        var fields = new ArrayList<TableField<?, ?>>();
        for (var field : affected.fields()) {
            var index = next.getKeyFields().indexOf(field);
            if (index >= 0) {
                fields.add(next.getFields().get(index));
            }
        }
        var further = new ArrayList<Effect>();
        if (fields.size() == affected.fields().size()) {
            for (var effect : effects) {
                var isDeleting = isDeleting(affected.key(), effect);
                if (hasAction(next, isDeleting)) {
                    further.add(new Effect(effect.before(), isDeleting ? null : valuesOf(affected, effect)));
                }
            }
            Set<ForeignKey<?, ?>> longer = new HashSet<>(path);
            return further.isEmpty() || !longer.add(next)
                    ? () -> {}
                    : () -> apply(new Affected(next, fields), further, longer);
        }
        var changed = new ArrayList<Runnable>();
        rows.forEach((row, effect) -> {
            var isDeleting = isDeleting(affected.key(), effect);
            var before = KeyValues.loose(next.getKeyFields(), field -> row.original(field));
            if (before != null && hasAction(next, isDeleting) && (isDeleting || !fields.isEmpty())) {
                changed.add(() ->
                        further.add(new Effect(before, isDeleting ? null : originals(row, next.getKeyFields()))));
            }
        });
        var isUnknown = effects.stream().anyMatch(effect -> isDeleting(affected.key(), effect)) || !fields.isEmpty();
        return () -> {
            changed.forEach(Runnable::run);
            if (!further.isEmpty()) {
                apply(new Affected(next, List.copyOf(next.getFields())), further, path);
            }
            if (isUnknown) {
                unitOfWork.markStale(List.of(next.getTable()));
            }
        };
    }

    private static List<@Nullable Object> originals(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        var values = new ArrayList<@Nullable Object>();
        fields.forEach(field -> values.add(row.original(field)));
        return values;
    }
}
