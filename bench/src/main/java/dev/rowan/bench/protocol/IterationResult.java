package dev.rowan.bench;

/**
 * What one contestant did in one round.
 *
 * @param nanos how long it took, per call or row
 * @param bytes what it allocated, per call or row; NaN where that is not known
 * @param answer what it read or wrote, as one number, which is the same for all
 */
record Turn(double nanos, double bytes, long answer) {

    /** Returns the line that says this from process to process. */
    String line() {
        return "did " + nanos + " " + bytes + " " + answer;
    }

    /** @throws IllegalArgumentException if it is no such line */
    static Turn parse(String line) {
        var parts = line.split(" ", -1);
        if (parts.length != 4 || !parts[0].equals("did")) {
            throw new IllegalArgumentException(line);
        }
        return new Turn(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), Long.parseLong(parts[3]));
    }
}
