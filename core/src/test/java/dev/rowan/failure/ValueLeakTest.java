package dev.rowan.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.testing.ChildProcess;
import dev.rowan.testing.ShopDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No public method shows a value: in an error, in the string form of a result, or in a log at TRACE. */
class ValueLeakTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    @Test
    void noCallShowsAValueWhateverFails() throws Exception {
        var output = ChildProcess.run(
                ValueLeakSearch.class, List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace"), SHOP.options());

        assertEquals(
                List.of("leaks: 0", "finds a value in the log: true", "errors: many", "not called: []"),
                output.lines().toList(),
                output);
    }
}
