package dev.rowan.codegen;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.impl.TableImpl;
import org.jooq.impl.UpdatableRecordImpl;

/**
 * A schema whose names are hard to tell apart in Java, as the statements that create it. A server may refuse some of
 * them; what it accepts is a legal schema.
 */
record RandomSchema(List<String> statements) {

    /** Words that are equal, or nearly so, once they are names in Java. */
    private static final List<String> SIMILAR = List.of(
            "a b",
            "a_b",
            "a-b",
            "a.b",
            "aB",
            "AB",
            "Ab",
            "a__b",
            "_a_b",
            "a_b_",
            "a",
            "A",
            "b",
            "b_c",
            "c",
            "a_b_c",
            "user",
            "users",
            "User",
            "user_id",
            "userId",
            "UserID",
            "user_roles",
            "userRoles",
            "UserRole",
            "role",
            "roles",
            "role_id",
            "id",
            "Id",
            "order",
            "orders",
            "order_items",
            "items",
            "item_id",
            "get_name_id",
            "name",
            "getName",
            "set_name",
            "name_",
            "größe_id",
            "grüße_id",
            "straße",
            "STRASSE",
            "strasse",
            "部署_id",
            "上司_id",
            "部署",
            "_部署",
            "é",
            "e\u0301",
            "É",
            "ß",
            "ı",
            "I",
            "i",
            "x",
            "X",
            "t1",
            "T1",
            "t_1",
            "v2",
            "_",
            "__",
            "___",
            "1",
            "_1",
            "1a",
            "$",
            "a$b",
            "a_24b",
            "*/",
            "/*",
            "\\u0041",
            "\\",
            "\"",
            "'",
            "`",
            "@deprecated",
            "a\nb",
            "a\rb",
            "a\tb",
            "a\u0085b",
            "a\u200Eb",
            "a\u202Eb",
            "a\u00ADb",
            "a\u2028b",
            "\u0001",
            "{",
            "}",
            "%s",
            "%",
            "[[x]]",
            "=",
            "a, b",
            "<b>",
            "&amp;",
            "ab",
            "con",
            "NUL",
            "com1");

    /** Names of types, fields and packages in generated sources. */
    private static final List<String> TYPES = List.of(
            "dsl",
            "keys",
            "indexes",
            "tables",
            "table",
            "record",
            "records",
            "enums",
            "repositories",
            "repository",
            "default_schema",
            "default_catalog",
            "schema",
            "catalog",
            "internal",
            "sql_data_type",
            "table_field",
            "field",
            "path",
            "users_path",
            "users_record",
            "users_repository",
            "users_key",
            "arrays",
            "list",
            "collection",
            "optional",
            "database",
            "session",
            "to_one",
            "to_many",
            "keyed_record",
            "declarations",
            "literal",
            "enum_type",
            "string",
            "object",
            "override",
            "integer",
            "class",
            "void",
            "java",
            "org",
            "dev",
            "jooq",
            "golden",
            "serial",
            "serialVersionUID",
            "value",
            "values",
            "literal",
            "lookup_literal",
            "key",
            "alias",
            "aliased",
            "where",
            "o");

    private static final List<String> MEMBERS = members();

    private static List<String> members() {
        Set<String> names = new TreeSet<>();
        for (Class<?> type : List.of(UpdatableRecordImpl.class, TableImpl.class)) {
            for (var method : type.getMethods()) {
                names.add(method.getName());
                names.add(method.getName().replaceFirst("^(get|set|is)(?=[A-Z])", ""));
            }
        }
        return List.copyOf(names);
    }

    private static final List<String> KEYWORDS = Stream.of(
                    "abstract assert boolean break byte case catch char class const continue default do double else enum"
                            + " extends final finally float for goto if implements import instanceof int interface long"
                            + " native new null package private protected public return short static strictfp super switch"
                            + " synchronized this throw throws transient true false try void volatile while var yield"
                            + " record sealed permits when module open with to exports")
            .flatMap(words -> Stream.of(words.split(" ")))
            .toList();

    /** Returns a schema of a few small tables. */
    static RandomSchema of(Random random) {
        var names = new Names(random);
        List<String> statements = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        List<List<String>> tables = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> table = new ArrayList<>();
            table.add(names.next());
            table.add(random.nextInt(3) > 0 ? "id" : names.next());
            IntStream.range(0, random.nextInt(5)).forEach(any -> table.add(names.next()));
            tables.add(table);
            statements.add(create(table, random));
        }
        for (List<String> table : tables) {
            for (int i = random.nextInt(5); i > 0 && table.size() > 1; i--) {
                statements.add(alter(table, tables, names, random));
            }
        }
        if (random.nextInt(3) == 0) {
            link(tables, names, random, statements);
        }
        return new RandomSchema(statements);
    }

    private static void link(List<List<String>> tables, Names names, Random random, List<String> statements) {
        List<String> from = oneOf(tables, random);
        List<String> to = oneOf(tables, random);
        String name = random.nextBoolean() ? names.next() : from.get(0) + "_" + to.get(0);
        List<String> columns = random.nextBoolean()
                ? List.of(from.get(0) + "_id", to.get(0) + "_id")
                : List.of(names.next(), names.next());
        String pair = columns.stream().map(RandomSchema::quoted).collect(joining(", "));
        statements.add("CREATE TABLE " + quoted(name) + " (" + quoted(columns.get(0)) + " INT NOT NULL, "
                + quoted(columns.get(1)) + " INT NOT NULL, PRIMARY KEY (" + pair + "))");
        for (int i = 0; i < 2; i++) {
            List<String> referenced = i == 0 ? from : to;
            statements.add("ALTER TABLE " + quoted(name) + " ADD FOREIGN KEY (" + quoted(columns.get(i))
                    + ") REFERENCES " + quoted(referenced.get(0)) + " (" + quoted(referenced.get(1)) + ")");
        }
    }

    private static String create(List<String> table, Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i < table.size(); i++) {
            lines.add(quoted(table.get(i)) + (i > 1 && random.nextInt(5) == 0 ? members(random) : " INT NOT NULL"));
        }
        switch (random.nextInt(8)) {
            case 0 -> {}
            case 1 ->
                lines.add("PRIMARY KEY ("
                        + table.stream()
                                .skip(1)
                                .limit(2)
                                .map(RandomSchema::quoted)
                                .collect(joining(", ")) + ")");
            default -> lines.add("PRIMARY KEY (" + quoted(table.get(1)) + ")");
        }
        return "CREATE TABLE " + quoted(table.get(0)) + " (" + String.join(", ", lines) + ")";
    }

    private static String members(Random random) {
        var names = new Names(random);
        return IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(any -> "'" + names.next().replace("\\", "\\\\").replace("'", "''") + "'")
                .collect(joining(", ", random.nextBoolean() ? " ENUM (" : " SET (", ")"));
    }

    private static String alter(List<String> table, List<List<String>> tables, Names names, Random random) {
        String column = quoted(oneOf(table.subList(1, table.size()), random));
        String other = quoted(oneOf(table.subList(1, table.size()), random));
        String columns = column.equals(other) || random.nextBoolean() ? column : column + ", " + other;
        List<String> referenced = oneOf(tables, random);
        return "ALTER TABLE " + quoted(table.get(0))
                + switch (random.nextInt(6)) {
                    case 0 -> " ADD INDEX " + quoted(names.next()) + " (" + columns + ")";
                    case 1, 2 -> " ADD UNIQUE KEY " + quoted(names.next()) + " (" + columns + ")";
                    default ->
                        " ADD " + (random.nextBoolean() ? "" : "CONSTRAINT " + quoted(names.next()))
                                + " FOREIGN KEY (" + column + ") REFERENCES " + quoted(referenced.get(0)) + " ("
                                + quoted(referenced.get(1)) + ")";
                };
    }

    /** Returns the schemas that are this one without one of its statements. */
    Stream<RandomSchema> smaller() {
        return IntStream.range(0, statements.size()).mapToObj(i -> {
            List<String> rest = new ArrayList<>(statements);
            rest.remove(i);
            return new RandomSchema(rest);
        });
    }

    /** Returns the schema without its last table, and without the keys of others that mention it. */
    RandomSchema withoutLastTable() {
        return new RandomSchema(
                statements.stream().filter(sql -> !mentionsLast(sql)).toList());
    }

    /** Returns this schema without those keys of other tables that mention the last one. */
    RandomSchema withLastTable() {
        String last = lastTable();
        return new RandomSchema(statements.stream()
                .filter(sql -> !mentionsLast(sql)
                        || sql.startsWith("CREATE TABLE " + last + " ")
                        || sql.startsWith("ALTER TABLE " + last + " "))
                .toList());
    }

    private boolean mentionsLast(String sql) {
        return sql.contains(lastTable());
    }

    private String lastTable() {
        String create = statements.stream()
                .filter(sql -> sql.startsWith("CREATE"))
                .reduce((one, other) -> other)
                .orElseThrow();
        return create.substring("CREATE TABLE ".length(), create.indexOf("` (") + 1);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static <T> T oneOf(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** Draws names, often the same or similar ones. */
    private record Names(Random random, List<String> drawn) {

        Names(Random random) {
            this(random, new ArrayList<>());
        }

        String next() {
            String name = draw();
            drawn.add(name);
            return name;
        }

        private String draw() {
            if (!drawn.isEmpty() && random.nextInt(3) == 0) {
                return variant(oneOf(drawn, random));
            }
            return switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> oneOf(SIMILAR, random);
                case 4 -> oneOf(TYPES, random);
                case 5 -> oneOf(KEYWORDS, random);
                case 6 -> oneOf(MEMBERS, random);
                case 7 -> oneOf(SIMILAR, random) + "_" + oneOf(SIMILAR, random);
                case 8 -> anyCharacters();
                default -> oneOf(List.of("users", "orders", "roles", "items", "user_id", "role_id"), random);
            };
        }

        private String variant(String name) {
            return switch (random.nextInt(9)) {
                case 0 -> name.toUpperCase(Locale.ROOT);
                case 1 -> name.toLowerCase(Locale.ROOT);
                case 2 -> name + "_id";
                case 3 -> name + "_";
                case 4 -> "_" + name;
                case 5 -> "get_" + name;
                case 6 -> name.replace("_", random.nextBoolean() ? " " : "");
                case 7 -> name + "s";
                default -> name;
            };
        }

        private String anyCharacters() {
            return IntStream.rangeClosed(0, random.nextInt(6))
                    .map(any -> random.nextInt(4) == 0 ? 1 + random.nextInt(0xfffe) : 1 + random.nextInt(0x17f))
                    .filter(point -> !Character.isSurrogate((char) point))
                    .mapToObj(Character::toString)
                    .collect(joining("", "n", "n"));
        }
    }
}
