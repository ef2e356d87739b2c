package dev.rowan.db.internal.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jline.keymap.KeyMap;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The lines of a terminal, with an editor and a history that JLine has. */
final class TerminalInput implements ShellInput, AutoCloseable {

    private static final String PROMPT = "sql> ";
    private static final String PROMPT_FOR_MORE = "  -> ";

    private final Terminal terminal;
    private final LineReader reader;
    private Predicate<String> isComplete = lines -> true;

    TerminalInput(Terminal terminal, Path history) {
        this.terminal = terminal;
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(this::parse)
                .history(new FileHistory(history))
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, PROMPT_FOR_MORE)
                .option(Option.DISABLE_EVENT_EXPANSION, true) // an exclamation mark is SQL
                .option(Option.HISTORY_IGNORE_SPACE, true)
                .option(Option.INSERT_TAB, true)
                .build();
        var keys = Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN));
        keys.bind(new Reference(LineReader.SEND_BREAK), KeyMap.ctrl('C'));
        onInterrupt(() -> {}); // also before the first statement and between two, it must not end the process
    }

    /** Takes the terminal of this process. */
    static TerminalInput open(Path history) throws IOException {
        return new TerminalInput(TerminalBuilder.builder().system(true).build(), history);
    }

    PrintWriter writer() {
        return terminal.writer();
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public @Nullable String read(Predicate<String> isComplete) {
        this.isComplete = isComplete;
        var attributes = terminal.getAttributes();
        var atPrompt = new Attributes(attributes);
        // a key like others, and no signal, which would end the process that has started this one
        atPrompt.setLocalFlag(LocalFlag.ISIG, false);
        terminal.setAttributes(atPrompt);
        try {
            while (true) {
                try {
                    return reader.readLine(PROMPT);
                } catch (UserInterruptException e) {
                    // the line is dropped, and the next one read
                }
            }
        } catch (EndOfFileException e) {
            return null;
        } finally {
            terminal.setAttributes(attributes);
        }
    }

    @Override
    public void onInterrupt(Runnable action) {
        terminal.handle(Signal.INT, signal -> action.run());
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    /** Makes the editor go on with another line where a statement is not complete. */
    private ParsedLine parse(String lines, int cursor, ParseContext context) {
        if (context != ParseContext.COMPLETE && !isComplete.test(lines)) {
            throw new EOFError(-1, -1, "The statement has not ended.");
        }
        return new WholeLine(lines, cursor);
    }

    /** A history that does not bring back the folder of an environment that was deleted meanwhile. */
    private static final class FileHistory extends DefaultHistory {

        private final Path file;

        FileHistory(Path file) {
            this.file = file;
        }

        @Override
        public void save() throws IOException {
            if (Files.exists(file)) {
                super.save();
            }
        }
    }

    private record WholeLine(String line, int cursor) implements CompletingParsedLine {

        @Override
        public String word() {
            return line;
        }

        @Override
        public int wordCursor() {
            return cursor;
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(line);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return cursor;
        }

        @Override
        public int rawWordLength() {
            return line.length();
        }
    }
}
