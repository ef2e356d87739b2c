package dev.rowan.bench;

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
 * The process of one contestant, which is named by the only argument. It reads a command a line, {@code find 1000 4 0 200}:
 * the measure, how many calls a turn has, how many turns are made unmeasured before, how many milliseconds many threads go
 * on at least, and how many pages there are. It answers each by one line: {@code did} and the {@link Turn}, {@code cannot}
 * if it has no way to do that, or {@code failed} and why.
 */
final class ContestantMain {

    private static final String NAME = "bench.contestant";

    private ContestantMain() {}

    /** The one contestant of this process; JMH makes an object of the benchmarks for each turn, but not of this. */
    private static final class Opened {
        static final Contestant CONTESTANT = another();
    }

    public static void main(String[] arguments) throws IOException {
        System.setProperty(NAME, arguments[0]);
        var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // whatever a library prints is no answer
        try (var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String command; (command = commands.readLine()) != null; ) {
                contestant(); // who cannot be opened has no other turn either, and ends
                answers.println(answer(command.split(" ", -1)));
            }
        }
        System.exit(0); // libraries leave threads behind
    }

    static Contestant contestant() {
        return Opened.CONTESTANT;
    }

    /** Opens the contestant of this process, once more. */
    static Contestant another() {
        return Entrant.named(System.getProperty(NAME)).open(Target.fromEnvironment());
    }

    /** Returns what all but Rowan wait for before they take a connection, where many call together. */
    static Semaphore gate() {
        var permits = Entrant.named(System.getProperty(NAME)) == Entrant.ROWAN ? Integer.MAX_VALUE : Target.POOL;
        return new Semaphore(permits);
    }

    private static String answer(String[] command) {
        try {
            return turn(
                            Measure.titled(command[0]),
                            Integer.parseInt(command[1]),
                            Integer.parseInt(command[2]),
                            Integer.parseInt(command[3]),
                            Integer.parseInt(command[4]))
                    .line();
        } catch (RunnerException | RuntimeException | Error e) {
            var root = root(e);
            if (root instanceof UnsupportedOperationException) {
                return "cannot";
            }
            e.printStackTrace();
            return "failed " + root.toString().replaceAll("\\s+", " ");
        }
    }

    /** JMH keeps what a benchmark threw as suppressed. */
    private static Throwable root(Throwable failure) {
        var inner = failure.getCause() != null
                ? failure.getCause()
                : Stream.of(failure.getSuppressed()).findFirst().orElse(null);
        return inner == null ? failure : root(inner);
    }

    private static Turn turn(Measure measure, int calls, int warmups, int millis, int pages) throws RunnerException {
        int batch = measure.isOneVolley() ? 1 : calls;
        var options = new OptionsBuilder()
                .include(Benchmarks.class.getName() + "\\." + measure.method() + "$")
                .param("calls", String.valueOf(calls))
                .param("millis", String.valueOf(millis))
                .param("pages", String.valueOf(pages))
                .forks(0)
                .warmupIterations(warmups)
                .warmupBatchSize(batch)
                .measurementIterations(1)
                .measurementBatchSize(batch)
                .timeout(TimeValue.minutes(10))
                .timeUnit(TimeUnit.NANOSECONDS)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        var result = new Runner(options).runSingle();
        var others = result.getSecondaryResults();
        var bytes = others.get("gc.alloc.rate.norm");
        var made = measure.isTogether() ? value(others.get("made")) : calls;
        return new Turn(
                result.getPrimaryResult().getScore() / made,
                bytes == null ? Double.NaN : bytes.getScore() / made,
                (long) value(others.get("sum")));
    }

    private static double value(@Nullable Result<?> counter) {
        return counter == null ? 0 : counter.getScore();
    }
}
