package dev.rowan.bench.contest;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.protocol.IterationRequest;
import dev.rowan.bench.protocol.IterationResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The process in which a contestant runs. Each contestant has its own, so that no library runs on code that the JIT
 * compiler optimised for another. It lives for the whole contest. Not thread-safe.
 */
final class WorkerProcess implements AutoCloseable {

    private final Contestant contestant;
    private final Path log;
    private final Duration timeout;
    private final Process process;
    private final Writer requests;
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
    private boolean ended;

    /** Says why a worker has no result. The message names the contestant. */
    static final class WorkerException extends Exception {
        private static final long serialVersionUID = 1;

        WorkerException(String message) {
            super(message);
        }
    }

    /**
     * Starts a worker.
     *
     * @param log the file of its standard error
     * @param timeout the time limit for one request
     */
    WorkerProcess(Contestant contestant, List<String> command, ConnectionDetails details, Path log, Duration timeout)
            throws IOException {
        this.contestant = contestant;
        this.log = log;
        this.timeout = timeout;
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(details.environment());
        this.process = builder.start();
        this.requests = process.outputWriter();
        Thread.ofVirtual().start(() -> queueAnswers(process.inputReader()));
    }

    Contestant contestant() {
        return contestant;
    }

    /** Returns whether the process has ended, and takes no more requests. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * Runs the iterations of a request; empty if the library does not support the measure.
     *
     * @throws WorkerException if the worker fails, ends, or exceeds the timeout
     */
    Optional<IterationResult> run(IterationRequest request) throws WorkerException, InterruptedException {
        if (ended) {
            throw endedUnexpectedly();
        }
        Optional<String> answer;
        try {
            requests.write(request.line() + "\n");
            requests.flush();
            answer = answers.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            throw endedUnexpectedly();
        } catch (InterruptedException e) {
            kill(); // the run is being aborted
            throw e;
        }
        if (answer == null) {
            kill();
            throw new WorkerException(
                    contestant.id() + " took longer than " + timeout.toSeconds() + " s and was killed.");
        }
        return parse(answer.orElseThrow(this::endedUnexpectedly));
    }

    private Optional<IterationResult> parse(String answer) throws WorkerException {
        if (answer.equals(IterationResult.UNSUPPORTED)) {
            return Optional.empty();
        }
        try {
            return Optional.of(IterationResult.parse(answer));
        } catch (IllegalArgumentException e) {
            throw new WorkerException(contestant.id() + " " + answer + " (log: " + log + ")");
        }
    }

    private void kill() {
        ended = true;
        process.destroyForcibly();
    }

    private WorkerException endedUnexpectedly() {
        ended = true;
        return new WorkerException(contestant.id() + " ended unexpectedly (log: " + log + ").");
    }

    private void queueAnswers(BufferedReader lines) {
        try (lines) {
            for (String line; (line = lines.readLine()) != null; ) {
                answers.add(Optional.of(line));
            }
        } catch (IOException e) {
            // the process has ended, as the empty answer below says
        }
        answers.add(Optional.empty());
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // the process has ended already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }
}
