package dev.rowan.db;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server that was made for this process, and that {@code end} takes away: at {@link #close()}, or when the JVM exits. */
final class ThrowawayServer implements DatabaseServer {

    static final String DATABASE = "rowan";

    private final String url;
    private final String user;
    private final String password;
    private final String description;
    private final Runnable end;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread hook = new Thread(this::endOnce, "rowan-server-end");

    ThrowawayServer(String url, String user, String password, String description, Runnable end) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.description = description;
        this.end = end;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Returns a password of 32 hexadecimal digits, which needs no quoting anywhere. */
    static String randomPassword() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public String password() {
        return password;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public boolean disposable() {
        return true;
    }

    @Override
    public void close() {
        endOnce();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is exiting: the hook runs, or has run
        }
    }

    @Override
    public String toString() {
        return description + " at " + url;
    }

    private void endOnce() {
        if (closed.compareAndSet(false, true)) {
            end.run();
        }
    }
}
