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
 * A JUnit extension that fails a test class in which Rowan shows a bound value or the database's password: in the
 * message of an exception or in a line of the log. {@code junit-platform.properties} registers it for every test class.
 */
public final class ValueLeakGuard implements BeforeAllCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(ValueLeakGuard.class);

    /** Parts of the values that tests bind. No text of Rowan contains them. */
    private static final List<String> VALUES = List.of("leaked", "@example.org", "Clerk-1234");

    /** Searches the texts of the test class for this password, too. */
    static void addPassword(String password, ExtensionContext context) {
        if (!password.isEmpty()) {
            context.getStore(NAMESPACE).put("password", password);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isTopLevel(context)) {
            context.getStore(NAMESPACE).put("recording", ValueLeakRecording.start());
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
        var result = Objects.requireNonNull(store.get("recording", ValueLeakRecording.class))
                .stop(searched);
        assertEquals("", String.join("\n", result.leaks()), "texts of Rowan that show a bound value or the password");
    }

    private static boolean isTopLevel(ExtensionContext context) {
        return context.getRequiredTestClass().getEnclosingClass() == null;
    }
}
