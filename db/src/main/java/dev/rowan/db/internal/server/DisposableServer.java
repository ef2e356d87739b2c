package dev.rowan.db.internal.server;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Creates the description of a server that was started for this process; it is stopped when the JVM exits at the
 * latest.
 */
public final class DisposableServer {

    /** The name of the empty database that a disposable server is started with. */
    public static final String DATABASE = "rowan";

    private DisposableServer() {}

    /** Returns a server that {@code stop} stops, at most one time: when its user asks for it, or when the JVM exits. */
    public static RunningServer of(String url, String user, String password, String description, Runnable stop) {
        return new RunningServer(
                url, user, password, description, RunningServer.Kind.DISPOSABLE, new StopOnExit(stop)::stop);
    }

    /** Returns a password of 32 hexadecimal digits, which needs no quoting in SQL, URLs and shells. */
    public static String randomPassword() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static final class StopOnExit {

        private final Runnable action;
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Thread hook = new Thread(this::runAction, "rowan-server-end");

        StopOnExit(Runnable action) {
            this.action = action;
            Runtime.getRuntime().addShutdownHook(hook);
        }

        void stop() {
            runAction();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the JVM is exiting: the hook is running or has run
            }
        }

        private void runAction() {
            if (stopped.compareAndSet(false, true)) {
                action.run();
            }
        }
    }
}
