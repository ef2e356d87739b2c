package dev.rowan.internal.driver;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The buffer in which a connection of the driver writes its next message to the server. All statements of a connection
 * share it. So a statement that runs while the driver reads a stream for the message of another one would overwrite
 * that message, unless it is set aside. Not thread-safe.
 */
public final class SendBuffer {

    /** The bytes of the buffer that takes the place of one that is set aside. It grows as needed. */
    private static final int INITIAL_SIZE = 1_024;

    private static final Class<?> PACKET = ConnectorJ.type("com.mysql.cj.protocol.a.NativePacketPayload");

    private static final MethodHandle BYTES = ConnectorJ.handle(
                    PACKET, "getByteBuffer", MethodType.methodType(byte[].class))
            .asType(MethodType.methodType(byte[].class, Object.class));

    private static final MethodHandle SET_BYTES = ConnectorJ.handle(
                    PACKET, "setByteBuffer", MethodType.methodType(void.class, byte[].class))
            .asType(MethodType.methodType(void.class, Object.class, byte[].class));

    private static final MethodHandle POSITION = ConnectorJ.handle(
                    PACKET, "getPosition", MethodType.methodType(int.class))
            .asType(MethodType.methodType(int.class, Object.class));

    private static final MethodHandle SET_POSITION = ConnectorJ.handle(
                    PACKET, "setPosition", MethodType.methodType(void.class, int.class))
            .asType(MethodType.methodType(void.class, Object.class, int.class));

    private final Object packet;

    private SendBuffer(Object packet) {
        this.packet = packet;
    }

    /** Returns the buffer of a connection that builds no message now. */
    public static SendBuffer of(Connection connection) throws SQLException {
        var driver = ConnectorJ.behind(connection);
        if (driver == null) {
            throw new IllegalStateException("The connection is not Connector/J's.");
        }
        return new SendBuffer(driver.sendPacket());
    }

    /** Sets the message aside that is being built: other statements may run until it is put back. */
    public SetAside setAside() {
        try {
            var message = new SetAside((byte[]) BYTES.invokeExact(packet), (int) POSITION.invokeExact(packet));
            SET_BYTES.invokeExact(packet, new byte[INITIAL_SIZE]);
            return message;
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /** A message that is set aside. */
    public final class SetAside {

        private final byte[] bytes;
        private final int position;

        private SetAside(byte[] bytes, int position) {
            this.bytes = bytes;
            this.position = position;
        }

        /** Puts the message back, so that the driver goes on to build it. */
        public void putBack() {
            try {
                SET_BYTES.invokeExact(packet, bytes);
                SET_POSITION.invokeExact(packet, position);
            } catch (Throwable e) {
                throw unchecked(e);
            }
        }
    }

    private static RuntimeException unchecked(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException exception
                ? exception
                : new IllegalStateException("The driver does not give access to the message that it builds.", e);
    }
}
