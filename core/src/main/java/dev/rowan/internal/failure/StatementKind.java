package dev.rowan.internal.failure;

import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** The kind of a statement: its words in messages, whether it reads, and whether it can be retried. */
public enum StatementKind {
    READ("read", true, true),
    /** A read whose rows are passed to the caller while they arrive: never retried. */
    STREAM("read", true, false),
    INSERT("insert into", false, false),
    UPDATE("update", false, false),
    DELETE("delete from", false, false),
    UPSERT("upsert into", false, false),
    /** The login, before any statement. */
    CONNECT("connect", false, true),
    /** A statement of jOOQ's DSL, or one that is not about a single table: it may write. */
    RUN("statement", false, false);

    private final String words;
    private final boolean reads;
    private final boolean repeatable;

    StatementKind(String words, boolean reads, boolean repeatable) {
        this.words = words;
        this.reads = reads;
        this.repeatable = repeatable;
    }

    /** Returns whether the statement returns rows and certainly writes none. */
    public boolean reads() {
        return reads;
    }

    /** Returns whether the statement can be retried although it may have been executed: it is idempotent. */
    public boolean isRepeatable() {
        return repeatable;
    }

    /** Returns the words of the statement and its table, such as {@code insert into users}. */
    public String of(@Nullable Table<?> table) {
        return table == null ? words : words + " " + table.getName();
    }
}
