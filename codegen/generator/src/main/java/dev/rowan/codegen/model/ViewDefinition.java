package dev.rowan.codegen.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The query of a view, as a server reports it: with the names in backquotes, and an alias for each column.
 *
 * @param items what each column selects, without its alias; empty if the query is more than one SELECT
 * @param rest what follows the columns
 */
public record ViewDefinition(List<String> items, String rest) {

    private static final Pattern SELECT = Pattern.compile(
            "(?is)\\s*select\\s+((all|distinct|distinctrow|high_priority|straight_join|sql_\\w+)\\s+)*");
    private static final Pattern ALIAS = Pattern.compile("(?is)(.*)\\s+AS\\s+`(?:[^`]|``)+`\\s*");
    private static final Pattern COLUMN =
            Pattern.compile("(?:(?:`(?:[^`]|``)+`\\.)?`((?:[^`]|``)+)`\\.)`((?:[^`]|``)+)`");
    private static final Pattern SET_OPERATION = Pattern.compile("(?i)(union|except|intersect)\\b.*");

    /** A column of a table or view, which a query names by its alias if it has one. */
    public record Source(String table, String column) {}

    /** Parses the query of a view. */
    public static ViewDefinition parse(String query) {
        Matcher select = SELECT.matcher(query);
        if (!select.lookingAt()) {
            return new ViewDefinition(List.of(), query);
        }
        List<String> items = new ArrayList<>();
        int start = select.end();
        int end = query.length();
        int depth = 0;
        for (int i = start; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '`' || c == '\'' || c == '"') {
                i = endOfQuoted(query, i);
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (depth == 0 && c == ',' && end == query.length()) {
                items.add(query.substring(start, i));
                start = i + 1;
            } else if (depth == 0 && isWordStart(query, i)) {
                if (end == query.length() && query.regionMatches(true, i, "from ", 0, "from ".length())) {
                    end = i;
                } else if (SET_OPERATION.matcher(query.substring(i)).lookingAt()) {
                    return new ViewDefinition(List.of(), query);
                }
            }
        }
        items.add(query.substring(start, end));
        return new ViewDefinition(
                items.stream().map(ViewDefinition::withoutAlias).toList(), query.substring(end));
    }

    private static boolean isWordStart(String query, int i) {
        return Character.isLetter(query.charAt(i)) && !Character.isLetterOrDigit(query.charAt(i - 1));
    }

    /** Returns the position of the quote that ends the quoted text; a quote in it is doubled, or escaped. */
    private static int endOfQuoted(String query, int start) {
        char quote = query.charAt(start);
        int i = start + 1;
        while (i < query.length() && query.charAt(i) != quote) {
            i += query.charAt(i) == '\\' && quote != '`' ? 2 : 1;
        }
        return i;
    }

    private static String withoutAlias(String item) {
        Matcher alias = ALIAS.matcher(item);
        return (alias.matches() ? alias.group(1) : item).strip();
    }

    /** Returns the column that the view's column at a position, from 0, is; empty if it is computed. */
    public Optional<Source> source(int position) {
        if (position >= items.size()) {
            return Optional.empty();
        }
        Matcher column = COLUMN.matcher(items.get(position));
        return column.matches() ? Optional.of(new Source(column.group(1), column.group(2))) : Optional.empty();
    }

    /** Returns whether the query names a table or view so: by its own name, or by an alias. */
    public boolean calls(String table, String name) {
        return table.equalsIgnoreCase(name)
                || rest.toLowerCase(Locale.ROOT)
                        .contains("`%s` `%s`".formatted(table, name).toLowerCase(Locale.ROOT));
    }
}
