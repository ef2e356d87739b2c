package dev.rowan.micrometer;

import dev.rowan.micrometer.RowanObservationDocumentation.TransactionHighCardinalityKeys;
import dev.rowan.micrometer.RowanObservationDocumentation.TransactionLowCardinalityKeys;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.Locale;

/** Names transactions, for which OpenTelemetry has no convention. */
public class DefaultTransactionObservationConvention implements TransactionObservationConvention {

    /** Creates the convention. */
    public DefaultTransactionObservationConvention() {}

    @Override
    public String getName() {
        return "rowan.transaction";
    }

    @Override
    public String getContextualName(TransactionObservationContext context) {
        return context.transaction().name().map(name -> "transaction " + name).orElse("transaction");
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(TransactionObservationContext context) {
        var transaction = context.transaction();
        var server = transaction.server();
        return KeyValues.of(
                TransactionLowCardinalityKeys.SYSTEM.withValue(server.system()),
                TransactionLowCardinalityKeys.NAMESPACE.withValue(
                        server.schema().isEmpty() ? KeyValue.NONE_VALUE : server.schema()),
                TransactionLowCardinalityKeys.NAME.withValue(transaction.name().orElse(KeyValue.NONE_VALUE)),
                TransactionLowCardinalityKeys.READ_ONLY.withValue(String.valueOf(transaction.readOnly())),
                TransactionLowCardinalityKeys.OUTCOME.withValue(context.outcome()
                        .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                        .orElse(KeyValue.NONE_VALUE)),
                TransactionLowCardinalityKeys.ERROR_TYPE.withValue(context.failure()
                        .map(failure -> failure.getClass().getName())
                        .orElse(KeyValue.NONE_VALUE)));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(TransactionObservationContext context) {
        return KeyValues.of(TransactionHighCardinalityKeys.ATTEMPTS.withValue(String.valueOf(context.attempts())));
    }
}
