package dev.rowan.micrometer;

import dev.rowan.observe.ObservedStatement;
import dev.rowan.observe.StatementOutcome;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The context of a statement's observation. A tracer makes a span of the kind CLIENT of it; nothing of the trace is
 * sent to the server.
 */
public final class StatementObservationContext extends SenderContext<Object> {

    private static final StatementOutcome NONE_YET =
            new StatementOutcome(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());

    private final ObservedStatement statement;
    private StatementOutcome outcome = NONE_YET;

    /** Creates the context of a statement that has not ended. */
    public StatementObservationContext(ObservedStatement statement) {
        super((carrier, key, value) -> {}, Kind.CLIENT);
        this.statement = statement;
    }

    /** Returns the statement. */
    public ObservedStatement statement() {
        return statement;
    }

    /** Returns how it ended; without rows and failure until it has. */
    public StatementOutcome outcome() {
        return outcome;
    }

    void end(StatementOutcome end) {
        outcome = end;
    }
}
