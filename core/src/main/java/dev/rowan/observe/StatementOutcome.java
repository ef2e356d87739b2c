package dev.rowan.observe;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a statement ended.
 *
 * @param failure what it threw: mostly a {@link dev.rowan.error.DatabaseException}, whose {@code code()} is the
 *     server's; empty if it succeeded
 * @param rowsRead how many rows were read; empty if it is no query
 * @param rowsWritten how many rows were written, as the server counts them; empty if it wrote none, or is not known
 */
public record StatementOutcome(Optional<Throwable> failure, OptionalLong rowsRead, OptionalLong rowsWritten) {}
