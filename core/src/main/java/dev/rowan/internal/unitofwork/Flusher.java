package dev.rowan.internal.unitofwork;

import dev.rowan.error.CheckViolation;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.flush.PlannedSteps;
import dev.rowan.internal.flush.PlannedSteps.Step;
import dev.rowan.internal.relation.LinkTableWriter;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.UndoLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jooq.Table;

/** Writes the steps of a {@link PlannedSteps}. For a single use. */
final class Flusher {

    private final UnitOfWork unitOfWork;
    private final Executor session;
    private final ForeignKeyActions actions;
    private final Map<Table<?>, List<LinkTableWriter>> links = new LinkedHashMap<>();

    Flusher(UnitOfWork unitOfWork, Executor session, UndoLog undo) {
        this.unitOfWork = unitOfWork;
        this.session = session;
        this.actions = new ForeignKeyActions(unitOfWork, undo);
    }

    void flush(PlannedSteps plan) {
        for (var link : plan.links()) {
            links.computeIfAbsent(link.table(), table -> new ArrayList<>())
                    .add(new LinkTableWriter(link, mapping(link.table()), session));
        }
        plan.steps().forEach(this::write);
        links.keySet().forEach(table -> unitOfWork.markStale(List.of(table)));
    }

    private void write(Step step) {
        switch (step.kind()) {
            case UNLINK -> links(step).forEach(LinkTableWriter::unlink);
            case LINK -> links(step).forEach(LinkTableWriter::link);
            default -> writeRows(step);
        }
    }

    private void writeRows(Step step) {
        var changes = step.changes();
        var writer = unitOfWork.tableOf(changes.getFirst().record()).changes();
        var follow = actions.of(step.table(), changes);
        switch (step.kind()) {
            case CLEAR -> clear(writer, step);
            case DELETE -> writer.delete(changes, session);
            case INSERT -> writer.insert(changes, session);
            case REPLACE -> writer.replace(changes, session);
            case UPDATE -> writer.update(changes, session);
            default -> throw new IllegalStateException("No rows are written by " + step);
        }
        follow.run();
    }

    private void clear(ChangeWriter<?> writer, Step step) {
        try {
            writer.clear(step.changes(), session);
        } catch (CheckViolation e) {
            var columns = new TreeSet<String>();
            step.changes().forEach(change -> change.cleared().keySet().forEach(field -> columns.add(field.getName())));
            throw new IllegalStateException(
                    "Changes of " + step.table().getName() + " wait for one another, so " + String.join(", ", columns)
                            + " would be NULL or a random value for a time, which the check constraint " + e.name()
                            + " refuses. Nothing of this flush is kept. Give one row a value that is free and allowed,"
                            + " call flush(), and then make the changes.",
                    e);
        }
    }

    private List<LinkTableWriter> links(Step step) {
        return links.getOrDefault(step.table(), List.of());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // only the table knows the type of its records
    private TableMapping<?> mapping(Table table) {
        return session.mappings().of(table);
    }
}
