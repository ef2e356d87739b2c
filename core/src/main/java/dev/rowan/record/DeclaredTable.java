package dev.rowan.record;

import java.util.List;

/** A generated table, which knows how its columns were declared, so that a live database can be compared with it. */
public interface DeclaredTable {

    /**
     * Returns how each column was declared, in the order of {@link org.jooq.Table#fields()} and in MySQL's notation:
     * {@code name varchar(50) collate utf8mb4_0900_ai_ci not null default}. Of a view's columns it has the types only.
     */
    List<String> declarations();
}
