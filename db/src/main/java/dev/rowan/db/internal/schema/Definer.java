package dev.rowan.db.internal.schema;

import java.util.regex.Pattern;

/** The user as whom a view, a routine or an event runs. */
final class Definer {

    private static final Pattern DEFINER = Pattern.compile("^(CREATE (?:OR REPLACE )?(?:ALGORITHM=\\w+ )?)DEFINER=(?:"
            + SqlName.QUOTED + "(?:@" + SqlName.QUOTED + ")?|\\S+) ");

    private Definer() {}

    /** Returns the statement without the definer: it then is the user who runs the statement. */
    static String removed(String sql) {
        return DEFINER.matcher(sql).replaceFirst("$1");
    }
}
