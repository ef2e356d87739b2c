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
 * How a column is declared: what a generated table says of its own, or what a server reports of a live one.
 *
 * @param type in MySQL's notation, whichever server reports it
 * @param collation empty if it holds no text
 * @param filled what fills it when an insert does not: nothing, or one of the words below
 */
public record ColumnDeclaration(String type, String collation, boolean nullable, String filled) {

    private static final String JSON = "json";
    private static final String DEFAULT = "default";
    private static final String COUNTED = "auto_increment";
    private static final String GENERATED = "generated";

    private static final Pattern TEXT = Pattern.compile(
            "(?s)(.*?)(?: collate (\\w+))?( not null)?(?: (" + DEFAULT + "|" + COUNTED + "|" + GENERATED + "))?");

    /** What MySQL no longer says of integers; the one that stands for a boolean stays. */
    private static final Pattern WIDTH = Pattern.compile("^(?!tinyint\\(1\\)$)(\\w*int|year)\\(\\d+\\)");

    private static final Pattern MARIADB_COLLATION = Pattern.compile("^utf8mb4_uca1400_nopad_");
    private static final Pattern OLD_COLLATION = Pattern.compile("^utf8_");
    private static final Pattern COMPUTED = Pattern.compile("(?i)\\b(VIRTUAL|STORED) GENERATED\\b");

    /** Reads what a generated table says of a column, without the column's name. */
    public static ColumnDeclaration of(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("No declaration of a column: " + text);
        }
        return new ColumnDeclaration(
                matcher.group(1),
                Objects.requireNonNullElse(matcher.group(2), ""),
                matcher.group(3) == null,
                Objects.requireNonNullElse(matcher.group(4), ""));
    }

    /** Returns what the generated table of a field says of it; nothing of an expression, or in another's classes. */
    public static Optional<ColumnDeclaration> of(Field<?> field) {
        if (!(field instanceof TableField<?, ?> column) || !(column.getTable() instanceof DeclaredTable table)) {
            return Optional.empty();
        }
        var text = table.declarations().get(column.getTable().indexOf(column));
        return Optional.of(of(text.substring(column.getName().length() + 1)));
    }

    /** Makes it of what a server reports. */
    public static ColumnDeclaration live(
            String type, @Nullable String collation, boolean nullable, boolean hasDefault, String extra) {
        var filled = COMPUTED.matcher(extra).find()
                ? GENERATED
                : extra.contains(COUNTED) ? COUNTED : hasDefault ? DEFAULT : "";
        return new ColumnDeclaration(
                type.equals("geomcollection")
                        ? "geometrycollection"
                        : WIDTH.matcher(type).replaceFirst("$1"),
                collation == null || type.equals(JSON) ? "" : known(collation),
                nullable,
                filled);
    }

    /** Returns MySQL's name of a collation: MariaDB's own is of a later Unicode, and else compares alike. */
    private static String known(String collation) {
        var known = MARIADB_COLLATION.matcher(collation).replaceFirst("utf8mb4_0900_");
        return OLD_COLLATION.matcher(known).replaceFirst("utf8mb3_");
    }

    /** Returns it as it stands in an ALTER TABLE; what is not known of it as an ellipsis. */
    public String sql() {
        return type
                + (collation.isEmpty() ? "" : " COLLATE " + collation)
                + (filled.equals(GENERATED) ? " GENERATED ALWAYS AS (…)" : "")
                + (nullable ? "" : " NOT NULL")
                + switch (filled) {
                    case DEFAULT -> " DEFAULT …";
                    case COUNTED -> " AUTO_INCREMENT";
                    default -> "";
                };
    }

    /** Says whether inserts need not know of the column. */
    public boolean canBeLeftOut() {
        return nullable || !filled.isEmpty();
    }

    /** Returns it as JSON if it may be that: MariaDB keeps JSON as such a text, told from others by a check alone. */
    public ColumnDeclaration asJson() {
        return type.equals("longtext") && collation.equals("utf8mb4_bin")
                ? new ColumnDeclaration(JSON, "", nullable, filled)
                : this;
    }

    public boolean isJson() {
        return type.equals(JSON);
    }

    /** Returns in what the live column of a view cannot be read as this. */
    public List<String> differencesInView(ColumnDeclaration live) {
        var differences = new ArrayList<String>();
        // the servers' own notation of what they compute from JSON
        if (isJson() && live.type.equals("longtext")) {
            return differences;
        }
        addTypes(live, false, differences);
        return differences;
    }

    /** Returns in what the live column cannot be read and written as this. */
    public List<String> differences(ColumnDeclaration live) {
        var differences = new ArrayList<String>();
        addTypes(live, true, differences);
        if (!collation.isEmpty() && !live.collation.isEmpty() && !collation.equals(live.collation)) {
            differences.add(
                    "has the collation " + live.collation + ", not " + collation + ", so that other texts are equal");
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
        var mine = ColumnType.of(type);
        var theirs = ColumnType.of(live.type);
        if (!mine.kind().equals(theirs.kind())) {
            differences.add("is " + live.type + ", not " + type);
            return;
        }
        if (written && theirs.capacity() < mine.capacity()) {
            differences.add("is " + live.type + ", which holds less than " + type);
        }
        var unread = mine.lacks(theirs);
        var unwritten = theirs.lacks(mine);
        if (!unread.isEmpty()) {
            differences.add("has " + String.join(", ", unread) + ", which the classes cannot read");
        }
        if (written && !unwritten.isEmpty()) {
            differences.add("has no " + String.join(", ", unwritten));
        }
        if (unread.isEmpty() && unwritten.isEmpty() && !mine.literals().equals(theirs.literals())) {
            differences.add("has its literals in another order, by which it sorts");
        }
    }

    private void addFilled(ColumnDeclaration live, List<String> differences) {
        if (live.filled.equals(GENERATED)) {
            differences.add("is generated, so that writes of it are refused");
        } else if (live.filled.equals(COUNTED)) {
            differences.add("is AUTO_INCREMENT, a key that the classes do not fill in");
        } else if (filled.equals(GENERATED)) {
            differences.add("is not generated, so that nothing fills it");
        } else if (filled.equals(COUNTED)) {
            differences.add("is not AUTO_INCREMENT, so that the server makes no key");
        } else if (filled.equals(DEFAULT)) {
            differences.add("has no default, so that inserts must name it");
        }
    }
}
