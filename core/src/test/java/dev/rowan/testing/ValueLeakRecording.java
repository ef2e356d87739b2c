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
 * A recording of the texts that this JVM produces: the message of each exception that is created, thrown or not, as
 * Java Flight Recorder reports it, and the log with all statements, which are logged at DEBUG.
 */
final class ValueLeakRecording {

    private static final String EXCEPTIONS = "jdk.JavaExceptionThrow";

    /**
     * The texts that contain a searched value.
     *
     * @param leaks those of Rowan
     * @param others the number of exceptions of other libraries, such as the driver; it proves that the value was bound
     */
    record Result(List<String> leaks, int others) {}

    private final Recording recording = new Recording();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream console = System.err;
    private final int level;

    private ValueLeakRecording() {
        recording.enable(EXCEPTIONS).withStackTrace().with("throttle", "off");
        recording.start();
        level = LogOutput.setLevel(LogOutput.DEBUG);
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    /** Starts a recording. */
    static ValueLeakRecording start() {
        return new ValueLeakRecording();
    }

    /** Ends the recording, and returns the texts that contain one of these values. */
    Result stop(List<String> searched) throws IOException {
        System.setErr(console);
        LogOutput.setLevel(level);
        var leaks = new ArrayList<String>();
        var isPrinted = true;
        for (var line : log.toString(StandardCharsets.UTF_8).lines().toList()) {
            // the first line of an entry has its level
            if (line.startsWith("[")) {
                isPrinted = !line.contains(" DEBUG dev.rowan.sql ");
            }
            if (isPrinted) {
                console.println(line);
            }
            if (containsAny(line, searched)) {
                leaks.add("log: " + line);
            }
        }
        int others = 0;
        for (var event : recorded()) {
            if (!containsAny(event.getString("message"), searched)) {
                continue;
            }
            if (isOfRowan(event)) {
                leaks.add(event.getClass("thrownClass").getName() + ": " + event.getString("message"));
            } else {
                others++;
            }
        }
        return new Result(leaks, others);
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

    private static boolean containsAny(String text, List<String> searched) {
        return text != null && searched.stream().anyMatch(text::contains);
    }

    /** Returns whether the exception has one of Rowan's types or was created by Rowan's main code. */
    private static boolean isOfRowan(RecordedEvent event) {
        if (event.getClass("thrownClass").getName().startsWith("dev.rowan.error.")) {
            return true;
        }
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .filter(frame -> !frame.getMethod().getName().equals("<init>"))
                        .findFirst()
                        .filter(ValueLeakRecording::isMainCode)
                        .isPresent();
    }

    private static boolean isMainCode(RecordedFrame frame) {
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
