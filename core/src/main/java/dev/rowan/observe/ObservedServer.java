package dev.rowan.observe;

/**
 * The server of a database, as the first connection found it. If connections fail over, those after may be to another.
 *
 * @param system {@code mysql} or {@code mariadb}
 * @param host the host that the driver connected to, as the URL names it
 * @param port its port
 * @param schema the connection's own schema; empty if it has none
 */
public record ObservedServer(String system, String host, int port, String schema) {}
