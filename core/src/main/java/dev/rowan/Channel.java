package dev.rowan;

import java.util.function.Function;

/** Where the statements of a repository go: the database's pool, or the one connection of a session. */
interface Channel {

    /** Returns the seam. */
    Statements statements();

    /** Runs one statement: in autocommit, or as part of the session's transaction. */
    <T> T run(Call<T> call);

    /** Runs several statements as one transaction: their own, or the session's. */
    <T> T atomically(Function<Channel, T> work);
}
