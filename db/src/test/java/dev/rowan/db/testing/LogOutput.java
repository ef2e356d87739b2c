package dev.rowan.db.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Captures what is logged. */
public final class LogOutput {

    private LogOutput() {}

    /** Returns the warnings that the work logs. */
    public static String of(Runnable work) {
        var bytes = new ByteArrayOutputStream();
        var stderr = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(stderr);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
