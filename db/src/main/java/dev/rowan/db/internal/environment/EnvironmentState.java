package dev.rowan.db.internal.environment;

import java.time.Instant;

/**
 * What can be seen of an environment.
 *
 * @param product the server's product, with its version or image
 * @param port the port of the server that was started last
 * @param bytes the size of all files
 * @param place what the server that was started last runs in
 * @param since when that was
 */
public record EnvironmentState(boolean running, String product, int port, long bytes, String place, Instant since) {}
