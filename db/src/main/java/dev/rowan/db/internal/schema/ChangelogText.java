package dev.rowan.db.internal.schema;

import dev.rowan.db.internal.sql.SqlScanner;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A changelog in SQL, with one changeset for each definition: if one fails, those before it stay applied.
 *
 * <p>Liquibase reads such a file line by line, and replaces parameters anywhere in it. What of a statement it would
 * take for its own is written in another way that means the same to the server.
 */
final class ChangelogText {

    private final StringBuilder text = new StringBuilder("--liquibase formatted sql\n");
    private final Set<String> ids = new HashSet<>();
    private final String author;

    ChangelogText(String author) {
        this.author = author;
    }

    /** Adds a line for people. */
    void comment(String line) {
        text.append("\n-- ").append(line.replaceAll("\\s+", " "));
    }

    /** Adds a changeset. */
    void add(Definition definition) throws SchemaFailure {
        var sql = forLiquibase(definition);
        text.append("\n\n--changeset ").append(author).append(':').append(id(definition));
        if (definition.settings().isEmpty()) {
            // no delimiter: the body of a routine has several statements
            text.append(" splitStatements:false stripComments:false\n")
                    .append(sql)
                    .append(';');
        } else {
            text.append(" endDelimiter:").append(delimiter(sql)).append(" stripComments:false\n");
            text.append(String.join("\n" + delimiter(sql) + "\n", withSettings(definition, sql)));
        }
    }

    @Override
    public String toString() {
        return text + "\n";
    }

    private static List<String> withSettings(Definition definition, String sql) {
        var settings = new TreeMap<>(definition.settings());
        var saved = settings.keySet().stream()
                .map(name -> "@before_" + name + " = @@" + name)
                .collect(Collectors.joining(", "));
        var set = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .collect(Collectors.joining(", "));
        var restored = settings.keySet().stream()
                .map(name -> name + " = @before_" + name)
                .collect(Collectors.joining(", "));
        return List.of("SET " + saved, "SET SESSION " + set, sql, "SET SESSION " + restored);
    }

    private static String delimiter(String sql) {
        var delimiter = "END_OF_STATEMENT";
        while (sql.toUpperCase(Locale.ROOT).contains(delimiter)) {
            delimiter += "_";
        }
        return delimiter;
    }

    /** Returns an id of its own, without the characters that would end it. */
    private String id(Definition definition) {
        var id = definition.kind() + "-" + definition.name().replaceAll("[^\\p{L}\\p{N}_$-]", "_");
        var unique = id;
        for (var number = 2; !ids.add(unique); number++) {
            unique = id + "-" + number;
        }
        return unique;
    }

    private static String forLiquibase(Definition definition) throws SchemaFailure {
        var hasEscapes = !definition.settings().getOrDefault("sql_mode", "").contains("NO_BACKSLASH_ESCAPES");
        var sql = new StringBuilder();
        for (var part : SqlScanner.parts(definition.sql(), hasEscapes)) {
            var written = switch (part.kind()) {
                case LITERAL -> hasEscapes ? literal(part.text()) : part.text();
                case COMMENT -> comment(part.text(), sql);
                case CODE, NAME, SERVER_COMMENT -> part.text();
            };
            if (written.contains("${")) {
                throw new SchemaFailure("The " + definition.kind() + " " + definition.name()
                        + " contains ${, which Liquibase would take for a parameter. Rename what is called so, or leave"
                        + " the " + definition.kind() + " out.");
            }
            sql.append(written);
        }
        return sql.toString();
    }

    /** Returns a literal in one line. A backslash before an ordinary character means nothing to the server. */
    private static String literal(String text) {
        var literal = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character == '\\' && i + 1 < text.length()) {
                i++;
                literal.append(escaped(text.charAt(i)));
            } else if (character == '\n' || character == '\r') {
                literal.append(escaped(character));
            } else if (character == '$' && text.startsWith("{", i + 1)) {
                literal.append("$\\");
            } else {
                literal.append(character);
            }
        }
        return literal.toString();
    }

    private static String escaped(char character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> "\\" + character;
        };
    }

    /** Returns a comment in which no line begins as an instruction to Liquibase does. */
    private static String comment(String text, StringBuilder before) {
        var comment = text.replace("${", "$ {");
        if (comment.startsWith("/*")) {
            return comment.replaceAll("(?m)^(\\s*)-+", "$1*");
        }
        var line = before.substring(before.lastIndexOf("\n") + 1);
        return line.isBlank() ? comment.replaceFirst("^--(?=\\s|$)", "#") : comment;
    }
}
