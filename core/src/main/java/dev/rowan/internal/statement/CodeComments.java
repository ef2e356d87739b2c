package dev.rowan.internal.statement;

import java.util.List;
import org.jooq.ExecuteContext;

/**
 * The comments before statements that name the method which runs them, such as {@code OrderService.place}: the first
 * one on the stack that is neither Rowan's nor a library's. There are as many as there are such methods. Thread-safe.
 */
public final class CodeComments {

    /** What the names of classes begin with that are not of the code which uses Rowan. */
    private static final List<String> LIBRARIES = List.of(
            "dev.rowan.internal.",
            "dev.rowan.config.",
            "dev.rowan.record.",
            "dev.rowan.type.",
            "dev.rowan.spring.",
            "org.jooq.",
            "org.spring", // all of its projects
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "com.zaxxer.");

    private static final String OWN = "dev.rowan.";

    private static final StackWalker STACK = StackWalker.getInstance();

    private final boolean isOn;

    /** Creates the comments of a database, which has none if they are not on. */
    public CodeComments(boolean isOn) {
        this.isOn = isOn;
    }

    /** Returns the comment for a statement of the current thread; empty if there is none. */
    String current() {
        return isOn
                ? STACK.walk(frames -> frames.filter(CodeComments::isOfUser)
                        .findFirst()
                        .map(CodeComments::comment)
                        .orElse(""))
                : "";
    }

    private static boolean isOfUser(StackWalker.StackFrame frame) {
        var name = frame.getClassName();
        return !isOfCore(name) && LIBRARIES.stream().noneMatch(name::startsWith);
    }

    /** Returns whether the class is in the package {@code dev.rowan} itself. */
    private static boolean isOfCore(String name) {
        return name.startsWith(OWN) && name.lastIndexOf('.') == OWN.length() - 1;
    }

    private static String comment(StackWalker.StackFrame frame) {
        var name = frame.getClassName();
        var simpleName = name.substring(name.lastIndexOf('.') + 1);
        return "/* " + simpleName.replace('$', '.') + "." + method(frame.getMethodName()) + " */ ";
    }

    /** Returns the method that a lambda expression stands in: {@code place} of {@code lambda$place$0}. */
    private static String method(String name) {
        var parts = name.split("\\$", -1);
        return parts.length == 3 && parts[0].equals("lambda") ? parts[1] : name;
    }

    /** Puts a text before the statement of jOOQ that was just rendered. */
    public static void prepend(String prefix, ExecuteContext context) {
        var text = context.sql();
        if (text == null || prefix.isEmpty()) {
            return;
        }
        var named = prefix + text;
        context.sql(named);
        var batch = context.batchSQL();
        for (int i = 0; i < batch.length; i++) {
            if (text.equals(batch[i])) {
                batch[i] = named;
            }
        }
    }
}
