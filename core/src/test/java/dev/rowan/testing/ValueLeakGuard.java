package dev.rowan.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class, any of this module's, that makes a message or a line of the log show a value that was bound or
 * the password of the database. JUnit finds it by itself, see {@code junit-platform.properties}.
 */
public final class ValueLeakGuard implements BeforeAllCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(ValueLeakGuard.class);

    /** What tests bind, and write into no text of their own. */
    public static final List<String> VALUES = List.of("canary", "@example.org", "Clerk-1234");

    /** Has the class's texts searched for the password of its database, too. */
    public static void monitor(String password, ExtensionContext context) {
        if (!password.isEmpty()) {
            context.getStore(NAMESPACE).put("password", password);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isTopLevel(context)) {
            context.getStore(NAMESPACE).put("net", ValueLeakRecording.cast());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (!isTopLevel(context)) {
            return;
        }
        var store = context.getStore(NAMESPACE);
        var searched = new ArrayList<>(VALUES);
        var password = store.get("password", String.class);
        if (password != null) {
            searched.add(password);
        }
        var catches = Objects.requireNonNull(store.get("net", ValueLeakRecording.class))
                .haul(searched);
        assertEquals("", String.join("\n", catches.leaks()), "texts of Rowan's that show a value or the password");
    }

    private static boolean isTopLevel(ExtensionContext context) {
        return context.getRequiredTestClass().getEnclosingClass() == null;
    }
}
