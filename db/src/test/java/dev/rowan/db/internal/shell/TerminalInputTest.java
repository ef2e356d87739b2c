package dev.rowan.db.internal.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed, in a terminal that is none of the machine's. */
class TerminalInputTest {

    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String CTRL_P = "\u0010";

    @TempDir
    private Path folder;

    private Path history;

    @BeforeEach
    void createHistory() throws IOException {
        history = Files.createFile(folder.resolve("history"));
    }

    @Test
    void linesAreReadUntilTheStatementHasEnded() throws IOException {
        assertEquals(List.of("select 1,\n2;", "select 3;"), typed("select 1,\r2;\rselect 3;\r"));
    }

    @Test
    void ctrlCDropsWhatWasTypedAndCtrlDEndsTheInput() throws IOException {
        assertEquals(List.of("select 2;"), typed("select 1,\rxyz" + CTRL_C + "select 2;\r" + CTRL_D + "select 3;\r"));
    }

    @Test
    void theHistoryIsKeptButForStatementsThatBeginWithASpace() throws IOException {
        typed("select '!' as a;\r set password = 'secret';\rselect 2,\r3;\r");

        assertFalse(Files.readString(history).contains("secret"));
        assertEquals(List.of("select 2,\n3;"), typed(CTRL_P + "\r"));
        // a line up, and then a statement
        assertEquals(List.of("select '!' as a;"), typed(CTRL_P + CTRL_P + CTRL_P + "\r"));
    }

    /** Somebody deletes the environment while a prompt is open. */
    @Test
    void aHistoryThatWasDeletedDoesNotComeBack() throws IOException {
        Files.delete(history);

        typed("select 1;\r");

        assertFalse(Files.exists(history));
    }

    private List<String> typed(String keys) throws IOException {
        var statements = new ArrayList<String>();
        var terminal = new ExternalTerminal(
                null,
                "test",
                "xterm",
                new ByteArrayInputStream(keys.getBytes(UTF_8)),
                new ByteArrayOutputStream(),
                UTF_8,
                SignalHandler.SIG_DFL,
                true);
        // it takes all keys at once, before the prompt appears, where a terminal takes them at the prompt
        var attributes = terminal.getAttributes();
        attributes.setLocalFlag(LocalFlag.ISIG, false);
        terminal.setAttributes(attributes);
        terminal.resume();
        try (var input = new TerminalInput(terminal, history)) {
            var buffer = new StatementBuffer();
            for (String text; (text = input.read(buffer::isCompleteWith)) != null; ) {
                statements.add(text);
                buffer.add(text);
            }
            assertTrue(input.isInteractive());
        }
        return statements;
    }
}
