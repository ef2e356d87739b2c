package dev.rowan.internal.driver;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A socket that keeps the limit for a read itself. The JDK sets a timer for each read by a virtual thread, and takes it
 * back, which wakes another thread up each time. Here one look now and then sees to all reads, at most one for each time
 * that the limit lasts. A read that lasts longer ends the connection. For one reader at a time.
 */
final class ReadTimeoutSocket extends Socket {

    private static final long NONE = 0;
    private static final long OVER = 2;

    /** When the read under way began, made odd; or that there is none, or that the last one took too long. */
    private final AtomicLong begun = new AtomicLong(NONE);

    private volatile @Nullable Limit limit;

    @Override
    public void setSoTimeout(int millis) {
        if (millis == getSoTimeout()) {
            return;
        }
        var next = millis == 0 ? null : new Limit(millis);
        limit = next;
        if (next != null) {
            next.look();
        }
    }

    @Override
    public int getSoTimeout() {
        var now = limit;
        return now == null ? 0 : now.millis;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Execution(super.getInputStream());
    }

    /** A limit in force. It goes on looking until there is another, or the socket is closed. */
    private final class Limit {

        private final int millis;

        Limit(int millis) {
            this.millis = millis;
        }

        private long nanos() {
            return TimeUnit.MILLISECONDS.toNanos(millis);
        }

        /** Ends a read that has lasted too long, and comes again when the limit may next have passed. */
        private void look() {
            if (limit != this || isClosed()) {
                return;
            }
            var since = begun.get();
            var left = since == NONE ? nanos() : nanos() - (System.nanoTime() - since);
            if (left <= 0 && begun.compareAndSet(since, OVER)) {
                end();
            } else {
                CompletableFuture.delayedExecutor(Math.max(1, left), TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(this::look);
            }
        }

        private void end() {
            try {
                close();
            } catch (IOException e) {
                // who reads finds it closed
            }
        }
    }

    private final class Execution extends InputStream {

        private final InputStream in;

        Execution(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            var since = System.nanoTime() | 1;
            begun.set(since);
            try {
                return in.read(bytes, from, most);
            } catch (SocketException e) {
                if (begun.get() != OVER) {
                    throw e;
                }
                var timeout = new SocketTimeoutException("Read timed out");
                timeout.initCause(e);
                throw timeout;
            } finally {
                begun.compareAndSet(since, NONE);
            }
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
