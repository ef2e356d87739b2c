package dev.rowan.bench;

/**
 * How much is done for a figure.
 *
 * @param rounds how often each contestant has its turn in a measure
 * @param warmups how often it does the work unmeasured before its first turn; before each later one it does so once
 * @param share the part of a measure's calls that are made in a turn
 * @param pages how many pages there are to turn
 */
record Effort(int rounds, int warmups, double share, int pages) {

    /** Hours, for figures that are published. */
    static final Effort FULL = new Effort(11, 10, 1, 1_000_000);

    /** Less than ten minutes. */
    static final Effort QUICK = new Effort(5, 4, 0.3, 100_000);

    /** A proof that everybody can do everything. */
    static final Effort ONCE = new Effort(1, 0, 0.0005, 200);

    /** Returns this with no more pages than there have to be. */
    Effort withoutPages() {
        return new Effort(rounds, warmups, share, ONCE.pages);
    }

    /** Returns how many calls a turn makes in this measure. */
    int calls(Measure measure) {
        return Math.max(2, (int) (measure.calls() * share));
    }

    /** Returns how often the work is done unmeasured before the turn of a round, counted from 0. */
    int warmups(int round) {
        return round == 0 ? warmups : Math.min(1, warmups);
    }
}
