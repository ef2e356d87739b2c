package dev.rowan.bench;

import java.util.Optional;

/** One measure in the reports: Rowan beside raw JDBC and the best of the peers. What is not known is a dash. */
record Line(Measure measure, Results results) {

    /** Returns the line of {@code bench.txt}. */
    String text() {
        return String.join(
                " ",
                measure.title(),
                figure(Optional.of(Entrant.ROWAN)),
                figure(Optional.of(Entrant.RAW)),
                figure(bestPeer()),
                ratio(Optional.of(Entrant.RAW)),
                ratio(bestPeer()));
    }

    /** Returns the line for people who wait; of who has no figure it says nothing. */
    String words() {
        return measure.title() + " (" + measure.unit().symbol() + "): Rowan " + spread(Optional.of(Entrant.ROWAN))
                + beside("raw", Optional.of(Entrant.RAW))
                + bestPeer()
                        .map(peer -> beside("best peer " + peer.words(), Optional.of(peer)))
                        .orElse("");
    }

    private String beside(String name, Optional<Entrant> other) {
        var ratio = ratio(other);
        return ratio.equals("-") ? "" : ", " + name + " " + spread(other) + " (" + ratio + " ×)";
    }

    Optional<Entrant> bestPeer() {
        return results.bestPeer(measure);
    }

    String figure(Optional<Entrant> entrant) {
        return entrant.flatMap(of -> results.figures(measure, of))
                .map(figures -> measure.unit().show(figures.median()))
                .orElse("-");
    }

    /** Returns the figure for people: with ± and how wide the middle half of its rounds is, where that is wide. */
    String spread(Optional<Entrant> entrant) {
        return figure(entrant)
                + entrant.flatMap(of -> results.figures(measure, of))
                        .filter(Figures::isNoisy)
                        .map(figures -> " ± " + Math.round(figures.spread() * 100) + " %")
                        .orElse("");
    }

    String ratio(Optional<Entrant> other) {
        return other.flatMap(of -> results.ratio(measure, of))
                .map(ratio -> String.format(java.util.Locale.ROOT, "%.2f", ratio))
                .orElse("-");
    }
}
