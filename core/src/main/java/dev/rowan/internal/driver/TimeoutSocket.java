package dev.rowan.internal.driver;

import dev.rowan.internal.util.Alarm;
import dev.rowan.internal.util.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A socket that limits reads and writes itself: by the read timeout, and by the deadline of the thread's call. For each
 * read of a virtual thread, the JDK starts and cancels a timer, which wakes another thread each time, and it limits no
 * write. Here one timer covers them all. A read or write that takes too long closes the connection. For one reader and
 * one writer at a time.
 */
final class TimeoutSocket extends Socket {

    /** The time after a deadline in which the server stops the statement, and answers so. */
    private static final long AFTER_DEADLINE = TimeUnit.SECONDS.toNanos(1);

    /** The timeout applies to so many bytes of a write: a slow network may need longer for more. */
    private static final int WRITTEN_AT_ONCE = 1 << 16;

    private final Transfer read = new Transfer("Read timed out");
    private final Transfer write = new Transfer("Write timed out");
    private final Alarm alarm = new Alarm(this::check, Runnable::run);
    private volatile int timeout;

    @Override
    public void setSoTimeout(int millis) {
        if (millis != timeout) {
            timeout = millis;
            read.setAlarm();
            write.setAlarm();
        }
    }

    @Override
    public int getSoTimeout() {
        return timeout;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new TimedInputStream(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new TimedOutputStream(super.getOutputStream());
    }

    /** Closes the connection if a transfer has taken too long, and returns when to check again. */
    private long check() {
        var now = System.nanoTime();
        if (read.isOver(now) || write.isOver(now)) {
            try {
                close();
            } catch (IOException e) {
                // the thread of the transfer finds the socket closed
            }
        }
        return isClosed() ? Alarm.NEVER : earlier(read.end(), write.end());
    }

    private static long earlier(long one, long other) {
        if (one == Alarm.NEVER || other == Alarm.NEVER) {
            return one == Alarm.NEVER ? other : one;
        }
        return one - other < 0 ? one : other;
    }

    /** Reads or writes bytes, and returns their number. */
    @FunctionalInterface
    private interface Bytes {
        int move() throws IOException;
    }

    /** The read, or the write, that is in progress. */
    private final class Transfer {

        private static final long NONE = 0;
        private static final long TIMED_OUT = 2;

        private final String timedOut;

        /** When the transfer in progress started, as an odd number of nanoseconds; or one of the numbers above. */
        private final AtomicLong start = new AtomicLong(NONE);

        /** When the transfer must have ended whatever the timeout; {@link Alarm#NEVER} without a deadline. */
        private volatile long deadline = Alarm.NEVER;

        Transfer(String timedOut) {
            this.timedOut = timedOut;
        }

        int of(Bytes bytes) throws IOException {
            var since = System.nanoTime() | 1;
            var left = Deadline.current().nanosLeft();
            deadline = left == Deadline.UNLIMITED ? Alarm.NEVER : since + Math.max(0, left) + AFTER_DEADLINE;
            start.set(since);
            setAlarm();
            try {
                return bytes.move();
            } catch (IOException e) {
                if (start.get() != TIMED_OUT) {
                    throw e;
                }
                var failure = new SocketTimeoutException(timedOut);
                failure.initCause(e);
                throw failure;
            } finally {
                start.compareAndSet(since, NONE);
            }
        }

        void setAlarm() {
            var end = end();
            if (end != Alarm.NEVER) {
                alarm.by(end);
            }
        }

        /** Returns when the transfer must have ended; {@link Alarm#NEVER} if there is none, or it has no limit. */
        long end() {
            return end(start.get());
        }

        private long end(long since) {
            if (since == NONE || since == TIMED_OUT) {
                return Alarm.NEVER;
            }
            var millis = timeout;
            return earlier(millis == 0 ? Alarm.NEVER : since + TimeUnit.MILLISECONDS.toNanos(millis), deadline);
        }

        /** Returns whether the transfer has taken too long; it then fails. */
        boolean isOver(long now) {
            var since = start.get();
            var end = end(since);
            return end != Alarm.NEVER && now - end >= 0 && start.compareAndSet(since, TIMED_OUT);
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
            return read.of(() -> in.read(bytes, from, most));
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

    private final class TimedOutputStream extends OutputStream {

        private final OutputStream out;

        TimedOutputStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            for (int done = 0; done < count; ) {
                var position = from + done;
                var next = Math.min(WRITTEN_AT_ONCE, count - done);
                done += write.of(() -> {
                    out.write(bytes, position, next);
                    return next;
                });
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
