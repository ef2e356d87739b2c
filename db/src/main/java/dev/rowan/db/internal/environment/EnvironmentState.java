package dev.rowan.db.internal.environment;

import java.time.Instant;

/**
 * What can be seen of an environment.
 *
 * @param product the server's product and version
 * @param port the port of the server that was started last
 * @param bytes the size of all files
 * @param pid the process of the server that was started last
 * @param since when that was
 */
public record EnvironmentState(boolean running, String product, int port, long bytes, long pid, Instant since) {}
