package dev.rowan.db.internal.schema;

import dev.rowan.db.internal.sql.SqlScanner;
import dev.rowan.db.internal.sql.SqlScanner.Kind;
import java.util.regex.Pattern;

/** The statement by which a server shows a trigger: it begins as its author wrote it, perhaps with a database. */
final class TriggerText {

    private static final Pattern BODY = Pattern.compile("\\bFOR\\s+EACH\\s+ROW\\b", Pattern.CASE_INSENSITIVE);

    /** The place among the triggers of an event, which follows from the order in which they are made. */
    private static final Pattern PLACE = Pattern.compile(
            "^\\s*(?:FOLLOWS|PRECEDES)\\s+(?:" + SqlName.QUOTED + "|[\\w$]+)(?=\\s)", Pattern.CASE_INSENSITIVE);

    private TriggerText() {}

    /** Returns what the trigger does, word for word. */
    static String body(String shown) throws SchemaFailure {
        var position = 0;
        for (var part : SqlScanner.parts(shown)) {
            var start = BODY.matcher(part.text());
            if (part.kind() == Kind.CODE && start.find()) {
                var body = shown.substring(position + start.end());
                return PLACE.matcher(body).replaceFirst("").strip();
            }
            position += part.text().length();
        }
        throw new SchemaFailure("A trigger cannot be read, because its statement has no FOR EACH ROW: "
                + shown.lines().findFirst().orElse(""));
    }
}
