package dev.rowan.internal.unitofwork;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.relation.LinkTableWriter;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.UndoLog;
import dev.rowan.internal.unitofwork.PlannedSteps.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            case CLEAR -> writer.clear(changes, session);
            case DELETE -> writer.delete(changes, session);
            case INSERT -> writer.insert(changes, session);
            case REPLACE -> writer.replace(changes, session);
            case UPDATE -> writer.update(changes, session);
            default -> throw new IllegalStateException("No rows are written by " + step);
        }
        follow.run();
    }

    private List<LinkTableWriter> links(Step step) {
        return links.getOrDefault(step.table(), List.of());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // only the table knows the type of its records
    private TableMapping<?> mapping(Table table) {
        return session.mappings().of(table);
    }
}
