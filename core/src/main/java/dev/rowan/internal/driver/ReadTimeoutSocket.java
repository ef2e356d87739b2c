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
 * A socket that enforces the read timeout itself. For each read of a virtual thread, the JDK starts and cancels a
 * timer, which wakes another thread each time. Here one periodic check covers all reads: it runs at most once in the
 * time of the timeout. A read that exceeds the timeout closes the connection. For one reader at a time.
 */
final class ReadTimeoutSocket extends Socket {

    private static final long NO_READ = 0;
    private static final long TIMED_OUT = 2;

    /** The start of the read in progress as an odd number of nanoseconds; or one of the two even numbers above. */
    private final AtomicLong readStart = new AtomicLong(NO_READ);

    private volatile @Nullable Timeout timeout;

    @Override
    public void setSoTimeout(int millis) {
        if (millis == getSoTimeout()) {
            return;
        }
        var next = millis == 0 ? null : new Timeout(millis);
        timeout = next;
        if (next != null) {
            next.check();
        }
    }

    @Override
    public int getSoTimeout() {
        var now = timeout;
        return now == null ? 0 : now.millis;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new TimedInputStream(super.getInputStream());
    }

    /** A timeout. It checks periodically until another timeout replaces it, or the socket is closed. */
    private final class Timeout {

        private final int millis;

        Timeout(int millis) {
            this.millis = millis;
        }

        private long nanos() {
            return TimeUnit.MILLISECONDS.toNanos(millis);
        }

        /** Ends a read that has exceeded the timeout, and schedules the next check. */
        private void check() {
            if (timeout != this || isClosed()) {
                return;
            }
            var since = readStart.get();
            var left = since == NO_READ ? nanos() : nanos() - (System.nanoTime() - since);
            if (left <= 0 && readStart.compareAndSet(since, TIMED_OUT)) {
                end();
            } else {
                CompletableFuture.delayedExecutor(Math.max(1, left), TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(this::check);
            }
        }

        private void end() {
            try {
                close();
            } catch (IOException e) {
                // the reader finds the socket closed
            }
        }
    }

    private final class TimedInputStream extends InputStream {

        private final InputStream in;

        TimedInputStream(InputStream in) {
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
            readStart.set(since);
            try {
                return in.read(bytes, from, most);
            } catch (SocketException e) {
                if (readStart.get() != TIMED_OUT) {
                    throw e;
                }
                var timedOut = new SocketTimeoutException("Read timed out");
                timedOut.initCause(e);
                throw timedOut;
            } finally {
                readStart.compareAndSet(since, NO_READ);
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
