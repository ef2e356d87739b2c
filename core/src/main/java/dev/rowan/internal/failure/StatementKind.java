package dev.rowan.internal.failure;

import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** What a statement does: its words in errors, and what may be done with it. */
public enum StatementKind {
    READ("read", true, true),
    /** A read whose rows are given away while they arrive: never run again. */
    STREAM("read", true, false),
    INSERT("insert into", false, false),
    UPDATE("update", false, false),
    DELETE("delete from", false, false),
    UPSERT("upsert into", false, false),
    /** The login, before any statement. */
    CONNECT("connect", false, true),
    /** A statement of jOOQ's own DSL, or one about no single table: it may write. */
    RUN("statement", false, false);

    private final String words;
    private final boolean reads;
    private final boolean repeatable;

    StatementKind(String words, boolean reads, boolean repeatable) {
        this.words = words;
        this.reads = reads;
        this.repeatable = repeatable;
    }

    /** Returns whether the statement answers with rows and certainly writes none. */
    public boolean reads() {
        return reads;
    }

    /** Returns whether the statement can be run again though it may have been done: twice is as good as once. */
    public boolean isRepeatable() {
        return repeatable;
    }

    /** Returns the verb and its table, such as {@code insert into users}. */
    public String of(@Nullable Table<?> table) {
        return table == null ? words : words + " " + table.getName();
    }
}
