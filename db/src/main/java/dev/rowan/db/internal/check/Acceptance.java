package dev.rowan.db.internal.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the author of a changeset accepts of it, by its comment: {@code rowan:accept blocks-writes: the table is small}.
 * Comments are no part of a changeset's checksum, so they may be written later too.
 *
 * @param reasons the reasons, by what is accepted
 * @param errors what is wrong with the comment, a sentence for each
 */
record Acceptance(Map<String, String> reasons, List<String> errors) {

    static final String BLOCKS_WRITES = "blocks-writes";
    static final String ROLLBACK = "rollback";
    static final String DATA = "data";
    static final String OLD_RELEASE = "old-release";
    static final String NO_PRIMARY_KEY = "no-primary-key";
    static final String UNNAMED_CONSTRAINT = "unnamed-constraint";
    static final String IMPLICIT_INDEX = "implicit-index";
    static final String UNCHECKED_REFERENCE = "unchecked-reference";
    static final String UTF8MB3 = "utf8mb3";
    static final String SEVERAL_STATEMENTS = "several-statements";

    private static final List<String> ALL = List.of(
            BLOCKS_WRITES,
            ROLLBACK,
            DATA,
            OLD_RELEASE,
            NO_PRIMARY_KEY,
            UNNAMED_CONSTRAINT,
            IMPLICIT_INDEX,
            UNCHECKED_REFERENCE,
            UTF8MB3,
            SEVERAL_STATEMENTS);

    /** Something accepted, in the reason of another. */
    private static final Pattern IN_REASON =
            Pattern.compile("[,;]\\s*(?:and\\s+)?(" + String.join("|", ALL) + ")\\s*:");

    private static final Pattern ACCEPT = Pattern.compile("rowan:accept\\b(.*?)(?=rowan:accept\\b|$)", Pattern.DOTALL);
    private static final Pattern PARTS = Pattern.compile("\\s*([\\w\\s,-]*?)\\s*(?::\\s*(.*?)\\s*)?", Pattern.DOTALL);

    /** Reads the comment of a changeset. */
    static Acceptance of(String changeset, String comment) {
        var reasons = new HashMap<String, String>();
        var errors = new ArrayList<String>();
        for (var accept = ACCEPT.matcher(comment); accept.find(); ) {
            var parts = PARTS.matcher(accept.group(1));
            var reason = parts.matches() && parts.group(2) != null ? parts.group(2) : "";
            if (reason.isBlank()) {
                errors.add("The comment of the changeset " + changeset
                        + " accepts something and gives no reason. Write: rowan:accept blocks-writes: the reason");
                continue;
            }
            var other = IN_REASON.matcher(reason);
            if (other.find()) {
                errors.add("The comment of the changeset " + changeset + " accepts " + other.group(1)
                        + " within the reason of another finding, where it has no effect. Write rowan:accept before"
                        + " each: rowan:accept " + other.group(1) + ": the reason");
            }
            for (var name : parts.group(1).split("[\\s,]+", -1)) {
                if (!ALL.contains(name)) {
                    errors.add("The comment of the changeset " + changeset + " accepts '" + name
                            + "', which is unknown. It can accept " + String.join(", ", ALL) + ".");
                }
                reasons.put(name, reason.replaceAll("\\s+", " "));
            }
        }
        return new Acceptance(reasons, errors);
    }

    /** Returns the reason for which this is accepted; empty if it is not. */
    String reason(String what) {
        return reasons.getOrDefault(what, "");
    }

    /** Returns whether this is accepted. */
    boolean accepts(String what) {
        return reasons.containsKey(what);
    }

    /** Returns how to accept this. */
    static String hint(String what) {
        return "To accept it, write in the changeset's comment: rowan:accept " + what + ": the reason";
    }
}
