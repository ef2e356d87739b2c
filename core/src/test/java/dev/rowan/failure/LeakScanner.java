package dev.rowan.failure;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the lines that show a value of {@link PublicCalls}, with the call in which they were written. */
final class LeakScanner extends OutputStream {

    /** The values of the calls, and the forms in which a text may show them. */
    private static final List<String> SEARCHED = List.of(
            "leaked",
            String.valueOf(PublicCalls.NUMBER),
            HexFormat.of().formatHex("leaked".getBytes(StandardCharsets.UTF_8)),
            HexFormat.of().withUpperCase().formatHex("leaked".getBytes(StandardCharsets.UTF_8)));

    private final ThreadLocal<String> call = ThreadLocal.withInitial(() -> "a thread of Rowan or of a library");
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<String, String> leaks = new LinkedHashMap<>();

    /** Says which call the current thread makes. */
    void enter(String name) {
        call.set(name);
    }

    /** Returns the lines without their numbers, so that each kind of line is there once. */
    synchronized Map<String, String> leaks() {
        return Map.copyOf(leaks);
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            scan(line.toString(StandardCharsets.UTF_8));
            line.reset();
        } else {
            line.write(b);
        }
    }

    private void scan(String text) {
        if (SEARCHED.stream().anyMatch(text::contains)) {
            leaks.putIfAbsent(text.replaceAll("\\d{2,}", "#"), call.get());
        }
    }
}
