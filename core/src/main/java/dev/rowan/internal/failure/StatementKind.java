package dev.rowan.internal.failure;

import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** What a statement does, for the words of its errors. */
public enum StatementKind {
    READ("read"),
    /** A read whose rows are given away while they arrive: never run again. */
    STREAM("read"),
    INSERT("insert into"),
    UPDATE("update"),
    DELETE("delete from"),
    UPSERT("upsert into"),
    /** The login, before any statement. */
    CONNECT("connect"),
    /** A statement of jOOQ's own DSL, or one about no single table. */
    RUN("statement");

    private final String words;

    StatementKind(String words) {
        this.words = words;
    }

    /** Returns the verb and its table, such as {@code insert into users}. */
    public String of(@Nullable Table<?> table) {
        return table == null ? words : words + " " + table.getName();
    }
}
