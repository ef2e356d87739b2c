package dev.rowan.bench;

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
 * A contestant in a process of its own, so that nobody profits or suffers from what another did to the JVM. It lives for
 * the whole run, and works when it has its turn.
 */
final class ContestantProcess implements AutoCloseable {

    private final Entrant entrant;
    private final Path log;
    private final Duration patience;
    private final Process process;
    private final Writer commands;
    private boolean ended;
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

    /** It was not able to do what it was told. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message);
        }
    }

    /**
     * Starts a contestant.
     *
     * @param log where what it says goes
     * @param patience how long it may take for a turn
     */
    ContestantProcess(Entrant entrant, List<String> command, Target target, Path log, Duration patience)
            throws IOException {
        this.entrant = entrant;
        this.log = log;
        this.patience = patience;
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(target.environment());
        this.process = builder.start();
        this.commands = process.outputWriter();
        Thread.ofVirtual().start(() -> listen(process.inputReader()));
    }

    Entrant entrant() {
        return entrant;
    }

    /** Says whether it is gone, and has no more turns. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * Has it take its turn; empty if it has no way to do that.
     *
     * @param warmups how often it does the same unmeasured before
     * @param together how long many threads go on, at least
     * @throws Failure that names it, if it fails, ends, or takes too long
     */
    Optional<Turn> turn(Measure measure, int calls, int warmups, Duration together, int pages)
            throws Failure, InterruptedException {
        if (ended) {
            throw ended();
        }
        Optional<String> answer;
        try {
            commands.write(
                    measure.title() + " " + calls + " " + warmups + " " + together.toMillis() + " " + pages + "\n");
            commands.flush();
            answer = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            throw ended();
        } catch (InterruptedException e) {
            end(); // nobody waits for its turn any more
            throw e;
        }
        if (answer == null) {
            end();
            throw new Failure(entrant.title() + " took longer than " + patience.toSeconds() + " s, and was ended.");
        }
        var line = answer.orElseThrow(this::ended);
        if (line.equals("cannot")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Turn.parse(line));
        } catch (IllegalArgumentException e) {
            throw new Failure(entrant.title() + " " + line + " (more in " + log + ")");
        }
    }

    private void end() {
        ended = true;
        process.destroyForcibly();
    }

    private Failure ended() {
        ended = true;
        return new Failure(entrant.title() + " has ended by itself (its words are in " + log + ").");
    }

    private void listen(BufferedReader lines) {
        try (lines) {
            for (String line; (line = lines.readLine()) != null; ) {
                answers.add(Optional.of(line));
            }
        } catch (IOException e) {
            // it has ended, which is what is said next
        }
        answers.add(Optional.empty());
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // it has ended before
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }
}
