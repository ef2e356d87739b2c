package dev.rowan.maven.process;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command that has the terminal of the build, together with its interrupts. */
public final class TerminalCommand {

    private TerminalCommand() {}

    /** Runs a command until it ends, and returns its exit code. */
    public static int run(List<String> command) throws IOException, InterruptedException {
        Object handler = handleInterrupts(ignoring());
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            try {
                return process.waitFor();
            } finally {
                process.destroy();
            }
        } finally {
            handleInterrupts(handler);
        }
    }

    /**
     * Sets what Ctrl-C does in this process, and returns what it did before. The terminal sends it to all processes: it
     * is meant for the command, but would end Maven.
     */
    private static @Nullable Object handleInterrupts(@Nullable Object handler) {
        if (handler == null) {
            return null;
        }
        try {
            // by reflection: the compiler warns of this class, although there is no other
            Class<?> signal = Class.forName("sun.misc.Signal");
            return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
        } catch (ReflectiveOperationException e) {
            return null; // a JVM without it
        }
    }

    /** Returns a handler that has no effect. It is one: processes that this one starts would inherit no handler. */
    private static @Nullable Object ignoring() {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            return Proxy.newProxyInstance(
                    TerminalCommand.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
