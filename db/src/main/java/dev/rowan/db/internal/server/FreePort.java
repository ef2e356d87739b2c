package dev.rowan.db.internal.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port of the loopback interface for a server. */
public final class FreePort {

    /** Another process may take the port between our choice of it and the server's start. */
    private static final int START_ATTEMPTS = 3;

    private FreePort() {}

    /**
     * Starts something that listens on a port, and tries again with another one if it turns out to be in use.
     *
     * @param preferred the port to take if it is free; 0 for any
     */
    public static <T> T with(int preferred, Start<T> start) throws IOException {
        for (var attempt = 1; ; attempt++) {
            try {
                return start.on(attempt == 1 ? choose(preferred) : choose(0));
            } catch (IOException e) {
                if (attempt == START_ATTEMPTS || !String.valueOf(e.getMessage()).contains("in use")) {
                    throw e;
                }
            }
        }
    }

    private static int choose(int preferred) throws IOException {
        try (var socket = new ServerSocket(preferred, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            if (preferred == 0) {
                throw e;
            }
            return choose(0);
        }
    }

    /** Starts something on this port. */
    @FunctionalInterface
    public interface Start<T> {
        T on(int port) throws IOException;
    }
}
