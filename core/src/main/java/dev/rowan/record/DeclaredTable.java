package dev.rowan.record;

import java.util.List;

/** A generated table with the declarations of its columns, which are compared with the live database. */
public interface DeclaredTable {

    /**
     * Returns the declaration of each column in MySQL's notation, in the order of {@link org.jooq.Table#fields()}:
     * {@code name varchar(50) collate utf8mb4_0900_ai_ci not null default}. The columns of a view have only their
     * types.
     */
    List<String> declarations();
}
