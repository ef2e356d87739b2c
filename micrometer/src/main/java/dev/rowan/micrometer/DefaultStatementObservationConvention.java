package dev.rowan.micrometer;

import dev.rowan.error.DatabaseException;
import dev.rowan.micrometer.RowanObservationDocumentation.StatementHighCardinalityKeys;
import dev.rowan.micrometer.RowanObservationDocumentation.StatementLowCardinalityKeys;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * Names statements as the stable semantic conventions of OpenTelemetry for databases do. Tags that say nothing are
 * {@code none}, since meters of one name have the same tags.
 */
public class DefaultStatementObservationConvention implements StatementObservationConvention {

    private final boolean showsText;

    /** Creates the convention. */
    public DefaultStatementObservationConvention() {
        this(true);
    }

    /**
     * Creates the convention.
     *
     * @param showsText whether spans show the SQL, which has no values
     */
    public DefaultStatementObservationConvention(boolean showsText) {
        this.showsText = showsText;
    }

    @Override
    public String getName() {
        return "db.client.operation.duration";
    }

    @Override
    public String getContextualName(StatementObservationContext context) {
        return context.statement().summary();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(StatementObservationContext context) {
        var statement = context.statement();
        var server = statement.server();
        return KeyValues.of(
                StatementLowCardinalityKeys.SYSTEM.withValue(server.system()),
                StatementLowCardinalityKeys.NAMESPACE.withValue(
                        server.schema().isEmpty() ? KeyValue.NONE_VALUE : server.schema()),
                StatementLowCardinalityKeys.COLLECTION.withValue(
                        statement.table().orElse(KeyValue.NONE_VALUE)),
                StatementLowCardinalityKeys.OPERATION.withValue(statement.operation()),
                StatementLowCardinalityKeys.SUMMARY.withValue(statement.summary()),
                StatementLowCardinalityKeys.STATUS_CODE.withValue(statusCode(context)),
                StatementLowCardinalityKeys.ERROR_TYPE.withValue(context.outcome()
                        .failure()
                        .map(failure -> failure.getClass().getName())
                        .orElse(KeyValue.NONE_VALUE)),
                StatementLowCardinalityKeys.SERVER_ADDRESS.withValue(server.host()),
                StatementLowCardinalityKeys.SERVER_PORT.withValue(String.valueOf(server.port())));
    }

    private static String statusCode(StatementObservationContext context) {
        return context.outcome().failure().orElse(null) instanceof DatabaseException failure && failure.code() != 0
                ? String.valueOf(failure.code())
                : KeyValue.NONE_VALUE;
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(StatementObservationContext context) {
        var statement = context.statement();
        var outcome = context.outcome();
        var values = KeyValues.empty();
        if (showsText) {
            values = values.and(StatementHighCardinalityKeys.TEXT.withValue(statement.text()));
        }
        if (statement.batchSize() > 1) {
            values = values.and(
                    StatementHighCardinalityKeys.BATCH_SIZE.withValue(String.valueOf(statement.batchSize())));
        }
        if (statement.calls() > 1) {
            values = values.and(StatementHighCardinalityKeys.MERGED_CALLS.withValue(String.valueOf(statement.calls())));
        }
        if (outcome.rowsRead().isPresent()) {
            values = values.and(StatementHighCardinalityKeys.RETURNED_ROWS.withValue(
                    String.valueOf(outcome.rowsRead().getAsLong())));
        }
        if (outcome.rowsWritten().isPresent()) {
            values = values.and(StatementHighCardinalityKeys.WRITTEN_ROWS.withValue(
                    String.valueOf(outcome.rowsWritten().getAsLong())));
        }
        return values;
    }
}
