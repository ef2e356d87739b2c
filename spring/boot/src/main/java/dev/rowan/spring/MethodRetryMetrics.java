package dev.rowan.spring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.retry.RetryException;
import org.springframework.resilience.retry.MethodRetryEvent;

/** Counts the transient failures of methods that Spring may run again. Thread-safe. */
final class MethodRetryMetrics implements ApplicationListener<MethodRetryEvent>, MeterBinder {

    private final TransientFailurePredicate predicate = new TransientFailurePredicate();
    private final LongAdder failures = new LongAdder();
    private final LongAdder exhausted = new LongAdder();

    /** Spring publishes an event for each failure, and another one for the failure after which it gives up. */
    @Override
    public void onApplicationEvent(MethodRetryEvent event) {
        var failure = event.getFailure() instanceof RetryException last ? last.getCause() : event.getFailure();
        if (predicate.shouldRetry(event.getMethod(), failure)) {
            (event.isRetryAborted() ? exhausted : failures).increment();
        }
    }

    @Override
    public boolean supportsAsyncExecution() {
        return false; // the predicate asks for the transaction of the thread
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "rowan.methods.failed", "Attempts of methods that failed transiently", failures);
        counter(registry, "rowan.methods.exhausted", "Methods whose last attempt failed transiently", exhausted);
    }

    private static void counter(MeterRegistry registry, String name, String description, LongAdder count) {
        FunctionCounter.builder(name, count, LongAdder::sum)
                .description(description)
                .register(registry);
    }
}
