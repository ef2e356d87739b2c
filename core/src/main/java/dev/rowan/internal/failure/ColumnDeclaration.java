package dev.rowan.internal.failure;

import dev.rowan.record.DeclaredTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.Field;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a column, in a generated table or in the live database.
 *
 * @param type in MySQL's notation, also for MariaDB
 * @param collation empty if the column has none
 * @param filled how the server fills the column if an insert does not: one of the constants below; empty if it does not
 */
public record ColumnDeclaration(String type, String collation, boolean nullable, String filled) {

    private static final String JSON = "json";
    private static final String DEFAULT = "default";
    private static final String AUTO_INCREMENT = "auto_increment";
    private static final String GENERATED = "generated";

    private static final Pattern TEXT = Pattern.compile("(?s)(.*?)(?: collate (\\w+))?( not null)?(?: (" + DEFAULT + "|"
            + AUTO_INCREMENT + "|" + GENERATED + "))?");

    /** The display width of integers, which MySQL no longer reports, but for the tinyint(1) of a boolean. */
    private static final Pattern DISPLAY_WIDTH = Pattern.compile("^(?!tinyint\\(1\\)$)(\\w*int|year)\\(\\d+\\)");

    /** How MariaDB stores a column, which it reports as part of the type. */
    private static final Pattern STORAGE = Pattern.compile(" /\\*M!\\d+ COMPRESSED\\*/$");

    private static final Pattern MARIADB_COLLATION = Pattern.compile("^utf8mb4_uca1400_nopad_");
    private static final Pattern OLD_COLLATION = Pattern.compile("^utf8_");
    private static final Pattern COMPUTED = Pattern.compile("(?i)\\b(VIRTUAL|STORED) GENERATED\\b");

    /** Parses the declaration of a column in a generated table, without the column's name. */
    public static ColumnDeclaration of(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not the declaration of a column: " + text);
        }
        return new ColumnDeclaration(
                matcher.group(1),
                Objects.requireNonNullElse(matcher.group(2), ""),
                matcher.group(3) == null,
                Objects.requireNonNullElse(matcher.group(4), ""));
    }

    /**
     * Returns the declaration of a generated column; empty for an expression, or for classes that Rowan has not
     * generated.
     */
    public static Optional<ColumnDeclaration> of(Field<?> field) {
        if (!(field instanceof TableField<?, ?> column) || !(column.getTable() instanceof DeclaredTable table)) {
            return Optional.empty();
        }
        var text = table.declarations().get(column.getTable().indexOf(column));
        return Optional.of(of(text.substring(column.getName().length() + 1)));
    }

    /** Returns the declaration of a live column, from the columns of the information schema. */
    public static ColumnDeclaration live(
            String type, @Nullable String collation, boolean nullable, boolean hasDefault, String extra) {
        var filled = COMPUTED.matcher(extra).find()
                ? GENERATED
                : extra.contains(AUTO_INCREMENT) ? AUTO_INCREMENT : hasDefault ? DEFAULT : "";
        return new ColumnDeclaration(
                type.equals("geomcollection")
                        ? "geometrycollection"
                        : DISPLAY_WIDTH
                                .matcher(STORAGE.matcher(type).replaceFirst(""))
                                .replaceFirst("$1"),
                collation == null || type.equals(JSON) ? "" : mysqlCollation(collation),
                nullable,
                filled);
    }

    /** Returns MySQL's name of a collation. MariaDB's own is of a later Unicode, and otherwise compares the same. */
    private static String mysqlCollation(String collation) {
        var name = MARIADB_COLLATION.matcher(collation).replaceFirst("utf8mb4_0900_");
        return OLD_COLLATION.matcher(name).replaceFirst("utf8mb3_");
    }

    /** Returns the declaration for an ALTER TABLE, with an ellipsis for the parts that are not known. */
    public String sql() {
        return type
                + (collation.isEmpty() ? "" : " COLLATE " + collation)
                + (filled.equals(GENERATED) ? " GENERATED ALWAYS AS (…)" : "")
                + (nullable ? "" : " NOT NULL")
                + switch (filled) {
                    case DEFAULT -> " DEFAULT …";
                    case AUTO_INCREMENT -> " AUTO_INCREMENT";
                    default -> "";
                };
    }

    /** Returns whether inserts may leave the column out. */
    public boolean canBeLeftOut() {
        return nullable || !filled.isEmpty();
    }

    /**
     * Returns the declaration as JSON if it may be that: MariaDB stores JSON as such a text with a check constraint.
     */
    public ColumnDeclaration asJson() {
        return type.equals("longtext") && collation.equals("utf8mb4_bin")
                ? new ColumnDeclaration(JSON, "", nullable, filled)
                : this;
    }

    public boolean isJson() {
        return type.equals(JSON);
    }

    /** Returns the differences that keep a live column of a view from being read with this declaration. */
    public List<String> differencesInView(ColumnDeclaration live) {
        var differences = new ArrayList<String>();
        // what a view computes from JSON, the servers report as text
        if ((isJson() && live.type.equals("longtext")) || ColumnType.isWidestOfKind(type, live.type)) {
            return differences;
        }
        addTypes(live, false, differences);
        return differences;
    }

    /** Returns the differences that keep a live column from being read and written with this declaration. */
    public List<String> differences(ColumnDeclaration live) {
        var differences = new ArrayList<String>();
        addTypes(live, true, differences);
        if (!collation.isEmpty() && !live.collation.isEmpty() && !collation.equals(live.collation)) {
            differences.add("has the collation " + live.collation + ", not " + collation + ", so that it compares text"
                    + " differently");
        }
        if (nullable && !live.nullable) {
            differences.add("is NOT NULL, so that nulls are refused");
        }
        if (!nullable && live.nullable) {
            differences.add("may be null, which the classes do not expect");
        }
        if (!filled.equals(live.filled)) {
            addFilled(live, differences);
        }
        return differences;
    }

    private void addTypes(ColumnDeclaration live, boolean written, List<String> differences) {
        if (type.equals(live.type)) {
            return;
        }
        var declaredType = ColumnType.of(type);
        var liveType = ColumnType.of(live.type);
        if (!declaredType.kind().equals(liveType.kind())) {
            differences.add("is " + live.type + ", not " + type);
            return;
        }
        if (written && liveType.capacity() < declaredType.capacity()) {
            differences.add("is " + live.type + ", which holds less than " + type);
        }
        var unread = declaredType.missing(liveType);
        var unwritten = liveType.missing(declaredType);
        if (!unread.isEmpty()) {
            differences.add("has " + String.join(", ", unread) + ", which the classes cannot read");
        }
        if (written && !unwritten.isEmpty()) {
            differences.add("has no " + String.join(", ", unwritten));
        }
        if (unread.isEmpty() && unwritten.isEmpty() && !declaredType.literals().equals(liveType.literals())) {
            differences.add("has its literals in another order, so that it sorts differently");
        }
    }

    private void addFilled(ColumnDeclaration live, List<String> differences) {
        if (live.filled.equals(GENERATED)) {
            differences.add("is generated, so that writes of it are refused");
        } else if (live.filled.equals(AUTO_INCREMENT)) {
            differences.add("is AUTO_INCREMENT, which the classes do not expect");
        } else if (filled.equals(GENERATED)) {
            differences.add("is not generated, so that nothing fills it");
        } else if (filled.equals(AUTO_INCREMENT)) {
            differences.add("is not AUTO_INCREMENT, so that the server generates no key");
        } else if (filled.equals(DEFAULT)) {
            differences.add("has no default, so that inserts must name it");
        }
    }
}
