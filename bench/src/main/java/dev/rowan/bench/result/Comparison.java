package dev.rowan.bench.result;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import java.util.Locale;
import java.util.Optional;

/** One measure compared: Rowan beside raw JDBC and the best peer. A dash stands for an unknown figure. */
public record Comparison(Measure measure, ContestResults results) {

    private static final String UNKNOWN = "-";

    /** Returns the line of {@code bench.txt}. */
    public String dataLine() {
        return String.join(
                " ",
                measure.id(),
                figure(Optional.of(Contestant.ROWAN)),
                figure(Optional.of(Contestant.RAW)),
                figure(bestPeer()),
                ratio(Optional.of(Contestant.RAW)),
                ratio(bestPeer()));
    }

    /** Returns the line that the console shows after each measure. It leaves out contestants without a figure. */
    public String consoleLine() {
        return measure.id() + " (" + measure.unit().symbol() + "): Rowan "
                + figureWithSpread(Optional.of(Contestant.ROWAN))
                + comparedWith("raw", Optional.of(Contestant.RAW))
                + bestPeer()
                        .map(peer -> comparedWith("best peer " + peer.label(), Optional.of(peer)))
                        .orElse("");
    }

    private String comparedWith(String name, Optional<Contestant> other) {
        var ratio = ratio(other);
        return ratio.equals(UNKNOWN) ? "" : ", " + name + " " + figureWithSpread(other) + " (" + ratio + " ×)";
    }

    public Optional<Contestant> bestPeer() {
        return results.bestPeer(measure);
    }

    /** Returns the median figure of a contestant. */
    public String figure(Optional<Contestant> contestant) {
        return contestant
                .flatMap(of -> results.summary(measure, of))
                .map(summary -> measure.unit().format(summary.median()))
                .orElse(UNKNOWN);
    }

    /** Returns the median figure, followed by ± and the interquartile range in per cent if it is noisy. */
    public String figureWithSpread(Optional<Contestant> contestant) {
        return figure(contestant)
                + contestant
                        .flatMap(of -> results.summary(measure, of))
                        .filter(Summary::isNoisy)
                        .map(summary -> " ± " + Math.round(summary.spread() * 100) + " %")
                        .orElse("");
    }

    /** Returns the ratio of Rowan's figure to the other's. */
    public String ratio(Optional<Contestant> other) {
        return other.flatMap(of -> results.ratio(measure, of))
                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                .orElse(UNKNOWN);
    }
}
