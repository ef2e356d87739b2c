package dev.rowan.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TimeoutSocketTest {

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket socket = new TimeoutSocket();
    private final Socket other;

    TimeoutSocketTest() throws IOException {
        socket.connect(server.getLocalSocketAddress());
        other = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        other.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReadThatExceedsTheTimeoutClosesTheConnection(boolean virtual) throws Exception {
        socket.setSoTimeout(100);
        var start = System.nanoTime();
        assertEquals(
                SocketTimeoutException.class,
                in(virtual, () -> assertThrows(IOException.class, this::read))
                        .get()
                        .getClass());
        assertTrue(System.nanoTime() - start >= 100_000_000);
        assertTrue(socket.isClosed());
    }

    @Test
    void eachReadHasTheWholeTimeout() throws Exception {
        socket.setSoTimeout(2_000);
        for (int i = 0; i < 30; i++) {
            var read = later(this::read);
            Thread.sleep(100); // a response that takes a while, but less than the timeout
            other.getOutputStream().write(i);
            assertEquals(i, read.get());
        }
    }

    @Test
    void anIdleConnectionIsNotClosed() throws Exception {
        socket.setSoTimeout(50);
        Thread.sleep(300);
        socket.setSoTimeout(60_000);
        other.getOutputStream().write(7);
        assertEquals(7, read());
    }

    @Test
    void aShorterTimeoutAppliesImmediately() throws Exception {
        socket.setSoTimeout(600_000);
        socket.setSoTimeout(100);
        assertThrows(SocketTimeoutException.class, this::read);
    }

    @ParameterizedTest
    @ValueSource(ints = {60_000, 0})
    void aLongerTimeoutOrNoneReplacesTheShorter(int longer) throws Exception {
        socket.setSoTimeout(50);
        socket.setSoTimeout(longer);
        var read = later(this::read);
        Thread.sleep(300); // longer than the shorter timeout
        other.getOutputStream().write(7);
        assertEquals(7, read.get());
    }

    @Test
    void aSocketThatIsClosedDuringAReadIsNoTimeout() throws Exception {
        socket.setSoTimeout(60_000);
        var failure = later(() -> assertThrows(IOException.class, this::read));
        Thread.sleep(100);
        socket.close();
        assertEquals(SocketException.class, failure.get().getClass());
    }

    @Test
    void theEndOfTheStreamIsRead() throws Exception {
        socket.setSoTimeout(60_000);
        other.close();
        assertEquals(-1, read());
    }

    private int read() throws IOException {
        return socket.getInputStream().read();
    }

    private static <T> FutureTask<T> later(Callable<T> work) {
        return in(true, work);
    }

    private static <T> FutureTask<T> in(boolean virtual, Callable<T> work) {
        var task = new FutureTask<>(work);
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(task);
        return task;
    }
}
