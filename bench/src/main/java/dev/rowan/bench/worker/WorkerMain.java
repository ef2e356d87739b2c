package dev.rowan.bench.worker;

import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.protocol.IterationRequest;
import dev.rowan.bench.protocol.IterationResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The main class of a worker process. Its only argument is the id of its contestant. It reads an
 * {@link IterationRequest} from each line of standard input and answers with one line: an {@link IterationResult},
 * {@value IterationResult#UNSUPPORTED}, or {@value IterationResult#FAILED} and the reason.
 */
public final class WorkerMain {

    private static final String CONTESTANT = "bench.contestant";

    private WorkerMain() {}

    /** The adapter of this process. JMH creates a new {@link Benchmarks} for each iteration, which all share it. */
    private static final class SharedAdapter {
        static final LibraryAdapter INSTANCE = openAdapter();
    }

    /** Answers requests until the end of standard input. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty(CONTESTANT, arguments[0]);
        var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what libraries print must not mix with the answers
        try (var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String request; (request = requests.readLine()) != null; ) {
                sharedAdapter(); // outside the answer: a library that does not start ends the process
                answers.println(answer(request));
            }
        }
        System.exit(0); // some libraries leave non-daemon threads running
    }

    static LibraryAdapter sharedAdapter() {
        return SharedAdapter.INSTANCE;
    }

    /** Opens another adapter of this process's contestant. */
    static LibraryAdapter openAdapter() {
        return AdapterFactory.open(contestant(), ConnectionDetails.fromEnvironment());
    }

    /** Returns the semaphore of the throttled measure. It has a permit for each connection, and no limit for Rowan. */
    static Semaphore throttle() {
        return new Semaphore(contestant() == Contestant.ROWAN ? Integer.MAX_VALUE : ConnectionDetails.POOL_SIZE);
    }

    private static Contestant contestant() {
        return Contestant.withId(System.getProperty(CONTESTANT));
    }

    private static String answer(String request) {
        try {
            return run(IterationRequest.parse(request)).line();
        } catch (RunnerException | RuntimeException | Error e) {
            var root = rootCause(e);
            if (root instanceof UnsupportedOperationException) {
                return IterationResult.UNSUPPORTED;
            }
            e.printStackTrace();
            return IterationResult.FAILED + root.toString().replaceAll("\\s+", " ");
        }
    }

    /** Looks at suppressed exceptions too: JMH adds there what a benchmark threw. */
    private static Throwable rootCause(Throwable failure) {
        var inner = failure.getCause() != null
                ? failure.getCause()
                : Stream.of(failure.getSuppressed()).findFirst().orElse(null);
        return inner == null ? failure : rootCause(inner);
    }

    private static IterationResult run(IterationRequest request) throws RunnerException {
        var measure = request.measure();
        int invocations = measure.isOneInvocation() ? 1 : request.calls();
        var options = new OptionsBuilder()
                .include(Benchmarks.class.getName() + "\\." + measure.benchmarkMethod() + "$")
                .param("calls", String.valueOf(request.calls()))
                .param("minLoadMillis", String.valueOf(request.minLoadTime().toMillis()))
                .param("customerPages", String.valueOf(request.customerPages()))
                .forks(0)
                .warmupIterations(request.warmUpIterations())
                .warmupBatchSize(invocations)
                .measurementIterations(1)
                .measurementBatchSize(invocations)
                .timeout(TimeValue.minutes(10))
                .timeUnit(TimeUnit.NANOSECONDS)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        var result = new Runner(options).runSingle();
        var counters = result.getSecondaryResults();
        var bytes = counters.get("gc.alloc.rate.norm");
        var calls = measure.isConcurrent() ? score(counters.get("completedCalls")) : request.calls();
        return new IterationResult(
                result.getPrimaryResult().getScore() / calls,
                bytes == null ? Double.NaN : bytes.getScore() / calls,
                (long) score(counters.get("checksum")));
    }

    private static double score(@Nullable Result<?> counter) {
        return counter == null ? 0 : counter.getScore();
    }
}
