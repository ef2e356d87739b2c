package dev.rowan.codegen;

import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a column was declared, in MySQL's notation whichever server reports it: {@code varchar(50) collate
 * utf8mb4_0900_ai_ci not null default}. Core reads it, and checks that a live database has the same. Of a default it says
 * only that there is one.
 */
final class Declaration {

    /** What MySQL no longer says of integers; the one that stands for a boolean stays. */
    private static final Pattern WIDTH = Pattern.compile("^(?!tinyint\\(1\\)$)(\\w*int|year)\\(\\d+\\)");

    private static final Pattern MARIADB_COLLATION = Pattern.compile("^utf8mb4_uca1400_nopad_");
    private static final Pattern OLD_COLLATION = Pattern.compile("^utf8_");
    private static final Pattern GENERATED = Pattern.compile("(?i)\\b(VIRTUAL|STORED) GENERATED\\b");

    private Declaration() {}

    static String ofTable(String type, @Nullable String collation, boolean nullable, boolean hasDefault, String extra) {
        var words = new StringJoiner(" ").add(ofView(type));
        if (collation != null && !type.equals("json")) {
            words.add("collate").add(collation(collation));
        }
        if (!nullable) {
            words.add("not null");
        }
        if (GENERATED.matcher(extra).find()) {
            words.add("generated");
        } else if (extra.contains("auto_increment")) {
            words.add("auto_increment");
        } else if (hasDefault) {
            words.add("default");
        }
        return words.toString();
    }

    /** Returns the type alone: the servers disagree on what else there is to a view's column. */
    static String ofView(String type) {
        return type.equals("geomcollection")
                ? "geometrycollection"
                : WIDTH.matcher(type).replaceFirst("$1");
    }

    /** Returns MySQL's name of a collation: MariaDB's own is of a later Unicode, and else compares alike. */
    private static String collation(String name) {
        String known = MARIADB_COLLATION.matcher(name).replaceFirst("utf8mb4_0900_");
        return OLD_COLLATION.matcher(known).replaceFirst("utf8mb3_");
    }
}
