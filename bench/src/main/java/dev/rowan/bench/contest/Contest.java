package dev.rowan.bench.contest;

import dev.rowan.bench.config.BenchmarkOptions;
import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.config.RunProfile;
import dev.rowan.bench.database.CommitDurability;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.result.Comparison;
import dev.rowan.bench.result.ContestResults;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the measures of a run, one after the other, and divides the time among them. */
public final class Contest {

    private final RunProfile profile;
    private final Dataset dataset;
    private final CommitDurability durability;
    private final Consumer<String> console;
    private final ContestResults results = new ContestResults();
    private final MeasureRunner runner;

    Contest(
            RunProfile profile,
            Dataset dataset,
            CommitDurability durability,
            List<WorkerProcess> workers,
            Consumer<String> console) {
        this.profile = profile;
        this.dataset = dataset;
        this.durability = durability;
        this.console = console;
        this.runner = new MeasureRunner(profile, dataset, new ArrayList<>(workers), results, console);
    }

    /**
     * Fills the dataset of a migrated database, starts a worker for each contestant, runs all measures, and stops the
     * workers.
     *
     * @param console receives a line after each measure and for each contestant that is left out
     */
    public static ContestResults run(BenchmarkOptions options, ConnectionDetails details, Consumer<String> console)
            throws Exception {
        var workers = List.<WorkerProcess>of();
        try (var connection = DriverManager.getConnection(details.plainTextUrl(), details.user(), details.password());
                var durability = new CommitDurability(connection)) {
            var dataset = new Dataset(connection);
            if (options.profile().isTimed()) {
                durability.takeControl(console);
            }
            dataset.fill(options.profile().customerPages());
            workers = WorkerLauncher.start(available(options.contestants(), console), details, options);
            return new Contest(options.profile(), dataset, durability, workers, console).run(options.measures());
        } finally {
            workers.forEach(WorkerProcess::close);
        }
    }

    private static List<Contestant> available(List<Contestant> contestants, Consumer<String> console)
            throws InterruptedException {
        if (contestants.stream().noneMatch(Contestant::isPython)
                || SqlAlchemy.version().isPresent()) {
            return contestants;
        }
        console.accept(SqlAlchemy.MISSING);
        return contestants.stream().filter(contestant -> !contestant.isPython()).toList();
    }

    /** Runs the measures. A contestant that fails is left out of the rest of its measure, and the others continue. */
    ContestResults run(List<Measure> measures) throws SQLException, InterruptedException {
        var remaining = new ArrayDeque<>(Measure.toRun(measures));
        long end = System.nanoTime() + profile.timeBudget().toNanos();
        while (!remaining.isEmpty()) {
            long now = System.nanoTime();
            long deadline = now + (end - now) / remaining.size();
            var measure = remaining.removeFirst();
            durability.setDurable(measure.isDurable());
            if (!measure.writes()) {
                dataset.resetUsers(Dataset.USERS);
            }
            runner.run(measure, deadline);
            console.accept(new Comparison(measure, results).consoleLine());
        }
        return results;
    }
}
