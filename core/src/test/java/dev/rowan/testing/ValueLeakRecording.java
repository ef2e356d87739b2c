package dev.rowan.testing;

import dev.rowan.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * All that is said in this JVM from its making on: the message of every exception that is made, thrown or not, as the
 * flight recorder has it, and the log, with the statements at DEBUG. To be hauled in once.
 */
public final class ValueLeakRecording {

    private static final String EXCEPTIONS = "jdk.JavaExceptionThrow";

    /**
     * What was found.
     *
     * @param leaks texts of Rowan's that show what was searched for
     * @param others how many exceptions of others do, such as the driver's: so it was really bound
     */
    public record Haul(List<String> leaks, int others) {}

    private final Recording recording = new Recording();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream console = System.err;
    private final int level;

    private ValueLeakRecording() {
        recording.enable(EXCEPTIONS).withStackTrace().with("throttle", "off");
        recording.start();
        level = LogOutput.level(LogOutput.DEBUG);
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    public static ValueLeakRecording cast() {
        return new ValueLeakRecording();
    }

    public Haul haul(List<String> searched) throws IOException {
        System.setErr(console);
        LogOutput.level(level);
        var leaks = new ArrayList<String>();
        var shown = true;
        for (var line : log.toString(StandardCharsets.UTF_8).lines().toList()) {
            // a text of several lines has its level on the first
            if (line.startsWith("[")) {
                shown = !line.contains(" DEBUG dev.rowan.sql ");
            }
            if (shown) {
                console.println(line);
            }
            if (holds(line, searched)) {
                leaks.add("log: " + line);
            }
        }
        int others = 0;
        for (var event : recorded()) {
            if (!holds(event.getString("message"), searched)) {
                continue;
            }
            if (isRowans(event)) {
                leaks.add(event.getClass("thrownClass").getName() + ": " + event.getString("message"));
            } else {
                others++;
            }
        }
        return new Haul(leaks, others);
    }

    private List<RecordedEvent> recorded() throws IOException {
        var file = Files.createTempFile("rowan", ".jfr");
        try (recording) {
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(EXCEPTIONS))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static boolean holds(String text, List<String> searched) {
        return text != null && searched.stream().anyMatch(text::contains);
    }

    /** An exception is Rowan's if its type is, or if Rowan's main code made it. */
    private static boolean isRowans(RecordedEvent event) {
        if (event.getClass("thrownClass").getName().startsWith("dev.rowan.error.")) {
            return true;
        }
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .filter(frame -> !frame.getMethod().getName().equals("<init>"))
                        .findFirst()
                        .filter(ValueLeakRecording::isMain)
                        .isPresent();
    }

    private static boolean isMain(RecordedFrame frame) {
        var name = frame.getMethod().getType().getName();
        if (!name.startsWith("dev.rowan.")) {
            return false;
        }
        try {
            var type = Class.forName(name, false, ValueLeakRecording.class.getClassLoader());
            return Objects.equals(
                    type.getProtectionDomain().getCodeSource(),
                    Database.class.getProtectionDomain().getCodeSource());
        } catch (ClassNotFoundException e) {
            return false; // a hidden class, of a lambda
        }
    }
}
