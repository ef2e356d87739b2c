package dev.rowan.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A wire to a database that breaks on demand: a proxy on a port of its own. */
public final class NetworkProxy implements AutoCloseable {

    /** What becomes of a request. */
    public enum Fault {
        /** It never arrives, and both ends are told. */
        CUT_BEFORE_ARRIVAL,
        /** It arrives and is answered, but the answer never does. */
        CUT_BEFORE_ANSWER,
        /** It vanishes, and nobody is told. */
        SWALLOWED
    }

    /** The prepared statement's packet: its command is the byte after the header. */
    public static final Predicate<String> EXECUTE = packet -> packet.length() > 4 && packet.charAt(4) == 0x17;

    private record Trap(Predicate<String> request, Fault fault) {}

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
    private final String host;
    private final int port;

    public NetworkProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        Thread.startVirtualThread(this::serve);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Breaks the next connection that sends such a request; those after it are whole. */
    public void breakAt(Predicate<String> request, Fault fault) {
        trap.set(new Trap(request, fault));
    }

    /** Breaks the next connection that sends this text. */
    public void breakAt(String text, Fault fault) {
        breakAt(packet -> packet.contains(text), fault);
    }

    public boolean isBroken() {
        return trap.get() == null;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                var server = new Socket(host, port);
                var swallowsAnswers = new AtomicBoolean();
                Thread.startVirtualThread(() -> requests(client, server, swallowsAnswers));
                Thread.startVirtualThread(() -> answers(server, client, swallowsAnswers));
            } catch (IOException e) {
                // closed: the test is over
            }
        }
    }

    private void requests(Socket client, Socket server, AtomicBoolean swallowsAnswers) {
        pump(client, server, (bytes, length, out) -> {
            var sprung = trap.get();
            if (sprung == null
                    || !sprung.request().test(new String(bytes, 0, length, StandardCharsets.ISO_8859_1))
                    || !trap.compareAndSet(sprung, null)) {
                out.write(bytes, 0, length);
                return true;
            }
            switch (sprung.fault()) {
                case CUT_BEFORE_ARRIVAL -> {
                    return false;
                }
                case CUT_BEFORE_ANSWER -> {
                    swallowsAnswers.set(true);
                    out.write(bytes, 0, length);
                }
                case SWALLOWED -> {}
            }
            return true;
        });
    }

    private static void answers(Socket server, Socket client, AtomicBoolean swallowed) {
        pump(server, client, (bytes, length, out) -> {
            if (swallowed.get()) {
                return false;
            }
            out.write(bytes, 0, length);
            return true;
        });
    }

    /** Carries bytes until an end closes or the step says to cut; then both are closed. */
    private static void pump(Socket from, Socket to, Step step) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            var bytes = new byte[65_536];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                if (!step.carry(bytes, length, to.getOutputStream())) {
                    return;
                }
            }
        } catch (IOException e) {
            // the other end is gone, and this one is closed
        }
    }

    private interface Step {
        boolean carry(byte[] bytes, int length, OutputStream out) throws IOException;
    }
}
