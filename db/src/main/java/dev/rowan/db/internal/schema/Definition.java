package dev.rowan.db.internal.schema;

import java.util.Map;

/**
 * A statement that makes a part of a schema.
 *
 * @param kind what it makes: {@code table}, {@code view} and so on
 * @param name the name of what it makes
 * @param sql the statement, without an end
 * @param settings what must hold while it runs: variables of the session, and their values as expressions of SQL
 */
record Definition(String kind, String name, String sql, Map<String, String> settings) {

    Definition {
        settings = Map.copyOf(settings);
    }

    Definition(String kind, String name, String sql) {
        this(kind, name, sql, Map.of());
    }
}
