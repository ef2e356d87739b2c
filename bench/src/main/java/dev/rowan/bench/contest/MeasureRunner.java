package dev.rowan.bench.contest;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.config.RunProfile;
import dev.rowan.bench.contest.WorkerProcess.WorkerException;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.protocol.IterationRequest;
import dev.rowan.bench.protocol.IterationResult;
import dev.rowan.bench.result.ContestResults;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs one measure in three phases: every contestant runs a qualifying iteration, and the checksums are compared; the
 * finalists warm up; then each finalist runs one iteration per round, in an order that rotates from round to round.
 */
final class MeasureRunner {

    /** One request must not delete more users than the dataset has. */
    private static final int MAX_WARM_UP_ITERATIONS = 8;

    private final RunProfile profile;
    private final Dataset dataset;
    private final List<WorkerProcess> workers;
    private final ContestResults results;
    private final Consumer<String> console;

    /** @param workers a mutable list; workers whose process has ended are removed */
    MeasureRunner(
            RunProfile profile,
            Dataset dataset,
            List<WorkerProcess> workers,
            ContestResults results,
            Consumer<String> console) {
        this.profile = profile;
        this.dataset = dataset;
        this.workers = workers;
        this.results = results;
        this.console = console;
    }

    /** Runs all phases. After the deadline, a value of {@link System#nanoTime}, only the minimum of rounds runs. */
    void run(Measure measure, long deadline) throws SQLException, InterruptedException {
        qualify(measure);

        var finalists = results.finalists(measure, profile.maxFinalists());
        var order = new ArrayList<>(workers);
        order.removeIf(worker -> !finalists.contains(worker.contestant()));
        for (var worker : order) {
            warmUp(measure, worker, profile.warmUpTime().toNanos());
        }
        removeDisqualified(measure, order);
        for (int round = 0; profile.hasRound(round, System.nanoTime() - deadline > 0); round++) {
            for (var worker : order) {
                iterate(measure, worker, profile.calls(measure), 0, profile.minLoadTime())
                        .ifPresent(result -> results.addRound(measure, worker.contestant(), result));
            }
            removeDisqualified(measure, order);
            Collections.rotate(order, 1);
        }
    }

    private void removeDisqualified(Measure measure, List<WorkerProcess> order) {
        order.removeIf(worker -> results.isDisqualified(measure, worker.contestant()));
    }

    private void qualify(Measure measure) throws SQLException, InterruptedException {
        var checksums = new EnumMap<Contestant, Long>(Contestant.class);
        for (var worker : List.copyOf(workers)) {
            var contestant = worker.contestant();
            var result = firstIteration(measure, worker);
            if (result.isEmpty()) {
                continue;
            }
            long written = measure.writes() ? dataset.usersChecksum() : 0;
            checksums.put(contestant, result.get().checksum() + written);
            results.setQualifying(measure, contestant, result.get());
            var remaining = profile.warmUpTime().toNanos() - iterationNanos(measure, worker);
            warmUp(measure, worker, remaining).ifPresent(warm -> results.setQualifying(measure, contestant, warm));
        }
        compareChecksums(measure, checksums);
    }

    private Optional<IterationResult> firstIteration(Measure measure, WorkerProcess worker)
            throws SQLException, InterruptedException {
        int calls = profile.calls(measure);
        if (measure.isBulk()) { // one call is an iteration, which would run all code for the first time
            var small = iterate(measure, worker, calls / 4, 0, Duration.ZERO);
            if (small.isEmpty()) {
                return small;
            }
        }
        return iterate(measure, worker, calls, measure.warmUpIterations() - 1, Duration.ZERO);
    }

    /** Disqualifies contestants that did other work than raw JDBC: their figures are not comparable. */
    private void compareChecksums(Measure measure, Map<Contestant, Long> checksums) {
        var expected = checksums.getOrDefault(
                Contestant.RAW, checksums.values().stream().findFirst().orElse(0L));
        checksums.forEach((contestant, checksum) -> {
            if (!checksum.equals(expected)) {
                disqualify(measure, contestant, contestant.id() + " returned a different result than raw.");
            }
        });
    }

    private void disqualify(Measure measure, Contestant contestant, String reason) {
        var note = measure.id() + ": " + reason;
        results.disqualify(measure, contestant, note);
        console.accept(note);
    }

    /**
     * Runs iterations for a number of nanoseconds, so that the JIT compiles the code; returns the last one's result.
     */
    private Optional<IterationResult> warmUp(Measure measure, WorkerProcess worker, long nanos)
            throws SQLException, InterruptedException {
        var last = Optional.<IterationResult>empty();
        if (worker.contestant().isPython()) { // there is no JIT compiler
            return last;
        }
        for (var remaining = nanos; remaining > 0; ) {
            var iteration = iterationNanos(measure, worker);
            int iterations =
                    measure.isOneInvocation() ? 1 : Math.clamp(remaining / iteration, 1, MAX_WARM_UP_ITERATIONS);
            last = iterate(measure, worker, profile.calls(measure), iterations - 1, Duration.ofNanos(remaining));
            if (last.isEmpty()) {
                return last;
            }
            remaining -= measure.isConcurrent() ? remaining : iteration * iterations;
        }
        return last;
    }

    private long iterationNanos(Measure measure, WorkerProcess worker) {
        return 1 + (long) (results.medianNanos(measure, worker.contestant()) * profile.calls(measure));
    }

    /** Runs an iteration; empty if the library does not support the measure, or if it fails, which disqualifies it. */
    private Optional<IterationResult> iterate(
            Measure measure, WorkerProcess worker, int calls, int warmUpIterations, Duration minLoadTime)
            throws SQLException, InterruptedException {
        if (measure.writes()) {
            dataset.resetUsers(measure.usersBefore(calls));
        }
        try {
            return worker.run(
                    new IterationRequest(measure, calls, warmUpIterations, minLoadTime, profile.customerPages()));
        } catch (WorkerException e) {
            disqualify(measure, worker.contestant(), String.valueOf(e.getMessage()));
            if (worker.hasEnded()) {
                workers.remove(worker);
            }
            return Optional.empty();
        }
    }
}
