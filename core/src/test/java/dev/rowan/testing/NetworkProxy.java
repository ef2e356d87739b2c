package dev.rowan.testing;

import dev.rowan.config.DatabaseOptions;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A TCP proxy in front of a database server that cuts one connection when a given request passes. */
public final class NetworkProxy implements AutoCloseable {

    /** What happens to the request. */
    public enum Fault {
        /** The server does not receive it; the proxy closes both connections. */
        CUT_BEFORE_REQUEST,
        /** The server executes it; the proxy closes both connections instead of passing the response on. */
        CUT_BEFORE_RESPONSE,
        /** The server does not receive it; both connections stay open. */
        DROPPED,
        /** The server does not receive it, and the proxy reads no more requests; both connections stay open. */
        STALLED
    }

    /** How often a forged server asks for its file before it gives up. */
    private static final int DEMANDS = 3;

    /** Matches the packet that executes a prepared statement: the byte after its header is the command. */
    public static final Predicate<String> EXECUTE = packet -> packet.length() > 4 && packet.charAt(4) == 0x17;

    /** A fault to come, and the request that triggers it; without a fault the client is asked for a file. */
    private record Trigger(
            Predicate<String> request, @Nullable Fault fault) {}

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicReference<@Nullable Trigger> trigger = new AtomicReference<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<String> stolen = new ConcurrentLinkedQueue<>();
    private final DatabaseOptions direct;
    private final URI server;
    private volatile String file = "";

    /**
     * Starts a proxy on a free port of the loopback interface.
     *
     * @param direct the options that connect to the database without the proxy
     */
    public NetworkProxy(DatabaseOptions direct) throws IOException {
        this.direct = direct;
        server = URI.create(direct.url().substring("jdbc:".length()));
        Thread.startVirtualThread(this::serve);
    }

    /** Returns the options that connect to the database through the proxy, without TLS. */
    public DatabaseOptions options() {
        var url = "jdbc:mysql://127.0.0.1:" + listener.getLocalPort() + server.getPath()
                + "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
        return DatabaseOptions.of(url, direct.user(), direct.password());
    }

    /** Applies the fault to the next packet that matches, and to no packet after it. */
    public void failAt(Predicate<String> request, Fault fault) {
        trigger.set(new Trigger(request, fault));
    }

    /** Applies the fault to the next packet that contains this text. */
    public void failAt(String text, Fault fault) {
        failAt(packet -> packet.contains(text), fault);
    }

    /** Asks the client for a file in answer to the next execution of a statement that contains this text. */
    public void askForFileAt(String text, Path wanted) {
        file = wanted.toString();
        var prepared = new AtomicBoolean();
        trigger.set(new Trigger(
                request -> {
                    var executes = false;
                    // the driver may send several packets at once
                    for (int at = 0; at + 4 < request.length(); at += 4 + length(request, at)) {
                        var packet = request.substring(at, Math.min(at + 4 + length(request, at), request.length()));
                        var hasText = packet.contains(text);
                        executes |= (hasText && packet.charAt(4) == 3) || (prepared.get() && EXECUTE.test(packet));
                        prepared.compareAndSet(false, hasText && packet.charAt(4) == 0x16);
                    }
                    return executes;
                },
                null));
    }

    private static int length(String packet, int at) {
        return packet.charAt(at) | packet.charAt(at + 1) << 8 | packet.charAt(at + 2) << 16;
    }

    /** Returns what clients sent after they were asked for a file. */
    public String stolen() {
        return String.join("", stolen);
    }

    /** Returns how many connections clients have opened. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns whether the fault has been applied. */
    public boolean hasFailed() {
        return trigger.get() == null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                accepted.incrementAndGet();
                var backend = new Socket(server.getHost(), server.getPort());
                var cutsResponse = new AtomicBoolean();
                Thread.startVirtualThread(() -> forwardRequests(client, backend, cutsResponse));
                Thread.startVirtualThread(() -> forwardResponses(backend, client, cutsResponse));
            } catch (IOException e) {
                // the listener is closed
            }
        }
    }

    private void forwardRequests(Socket client, Socket server, AtomicBoolean cutsResponse) {
        copy(client, server, (bytes, length, out) -> {
            var pending = trigger.get();
            if (pending == null
                    || !pending.request().test(new String(bytes, 0, length, StandardCharsets.ISO_8859_1))
                    || !trigger.compareAndSet(pending, null)) {
                out.write(bytes, 0, length);
                return true;
            }
            if (pending.fault() == null) {
                askForFile(client);
                return false;
            }
            switch (pending.fault()) {
                case CUT_BEFORE_REQUEST -> {
                    return false;
                }
                case CUT_BEFORE_RESPONSE -> {
                    cutsResponse.set(true);
                    out.write(bytes, 0, length);
                }
                case DROPPED -> {}
                case STALLED -> {
                    while (!listener.isClosed()) {
                        LockSupport.parkNanos(10_000_000);
                    }
                    return false;
                }
            }
            return true;
        });
    }

    /** Answers each statement, and each end of a file, with a demand for the file, and records what is sent. */
    private void askForFile(Socket client) throws IOException {
        var demand = ("\u00fb" + file).getBytes(StandardCharsets.ISO_8859_1);
        var in = new DataInputStream(client.getInputStream());
        int sequence = 0;
        for (int i = 0; i < DEMANDS; i++) {
            var packet = ByteBuffer.allocate(4 + demand.length).order(ByteOrder.LITTLE_ENDIAN);
            packet.putInt(demand.length | ((sequence + 1) << 24)).put(demand);
            client.getOutputStream().write(packet.array());
            int length;
            do {
                int header = Integer.reverseBytes(in.readInt());
                length = header & 0xff_ffff;
                sequence = header >>> 24;
                stolen.add(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
            } while (length > 0 && sequence > 0);
        }
    }

    private static void forwardResponses(Socket server, Socket client, AtomicBoolean cutsResponse) {
        copy(server, client, (bytes, length, out) -> {
            if (cutsResponse.get()) {
                return false;
            }
            out.write(bytes, 0, length);
            return true;
        });
    }

    /** Copies bytes until one end closes or the filter returns false, then closes both ends. */
    private static void copy(Socket from, Socket to, Filter filter) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            var bytes = new byte[65_536];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                if (!filter.forward(bytes, length, to.getOutputStream())) {
                    return;
                }
            }
        } catch (IOException e) {
            // one end has closed its connection: both are closed now
        }
    }

    private interface Filter {
        /** Writes the bytes, or does not; returns whether the connection stays open. */
        boolean forward(byte[] bytes, int length, OutputStream out) throws IOException;
    }
}
