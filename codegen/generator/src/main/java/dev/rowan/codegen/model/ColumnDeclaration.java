package dev.rowan.codegen.model;

import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a column in MySQL's notation, for MariaDB too: {@code varchar(50) collate utf8mb4_0900_ai_ci not
 * null default}. It states that there is a default, but not which. Core compares it with the declaration in a live
 * database.
 */
public final class ColumnDeclaration {

    /** What MariaDB reports for an ENUM or SET column of bytes; MySQL reports nothing. */
    public static final String NO_COLLATION = "binary";

    /** The display width, which MySQL no longer reports, except for {@code tinyint(1)}: it means a boolean. */
    private static final Pattern WIDTH = Pattern.compile("^(?!tinyint\\(1\\)$)(\\w*int|year)\\(\\d+\\)");

    /** How MariaDB stores a column, which it reports as part of the type. */
    private static final Pattern STORAGE = Pattern.compile(" /\\*M!\\d+ COMPRESSED\\*/$");

    private static final Pattern MARIADB_COLLATION = Pattern.compile("^utf8mb4_uca1400_nopad_");
    private static final Pattern OLD_COLLATION = Pattern.compile("^utf8_");
    private static final Pattern GENERATED = Pattern.compile("(?i)\\b(VIRTUAL|STORED) GENERATED\\b");

    private ColumnDeclaration() {}

    /** Returns the declaration of a column of a table. */
    public static String ofTable(
            String type, @Nullable String collation, boolean nullable, boolean hasDefault, String extra) {
        var words = new StringJoiner(" ").add(ofView(type));
        if (collation != null && !collation.equals(NO_COLLATION) && !type.equals("json")) {
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

    /** Returns the declaration of a column of a view: only its type, because servers differ in the rest. */
    public static String ofView(String type) {
        return type.equals("geomcollection")
                ? "geometrycollection"
                : WIDTH.matcher(STORAGE.matcher(type).replaceFirst("")).replaceFirst("$1");
    }

    /** Returns MySQL's name of a collation. MariaDB's differ in name and in the version of Unicode only. */
    private static String collation(String name) {
        String known = MARIADB_COLLATION.matcher(name).replaceFirst("utf8mb4_0900_");
        return OLD_COLLATION.matcher(known).replaceFirst("utf8mb3_");
    }
}
