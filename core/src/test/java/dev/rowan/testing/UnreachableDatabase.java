package dev.rowan.testing;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.TransientFailure;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A program that opens a database where no server answers, and prints what it is told. */
public final class UnreachableDatabase {

    private UnreachableDatabase() {}

    /** Prints Rowan's module, and the kind of the failure. */
    public static void main(String[] arguments) throws Exception {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (var database = Database.open(DatabaseOptions.of("jdbc:mysql://127.0.0.1:" + port + "/none", "app", ""))) {
            throw new IllegalStateException("a server answers: " + database.statistics());
        } catch (TransientFailure e) {
            System.out.println(Database.class.getModule() + ": " + e.kind());
        }
    }
}
