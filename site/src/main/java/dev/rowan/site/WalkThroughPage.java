package dev.rowan.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the walk-through prints, as pictures of a terminal: one for each step. They are of a run, and are text. */
final class WalkThroughPage {

    static final Path ADDRESS = Path.of("walk-through.html");
    static final String TITLE = "The walk-through";

    private static final String MAIN = "dev.rowan.app.Main";
    private static final Pattern STEP = Pattern.compile("(\\d+)\\. (.+)");
    private static final Pattern TABLE = Pattern.compile("[|+].*[|+]");
    private static final String INDENT = "   ";

    /** One step of the program, and its lines. */
    private record Step(String number, String title, List<String> lines) {}

    private WalkThroughPage() {}

    /** Runs the program in a process of its own, as users do. */
    static Page run() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dstdout.encoding=UTF-8"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("rowan."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), MAIN));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        List<String> lines;
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            lines = output.lines().toList();
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The walk-through has failed:\n" + String.join("\n", lines));
        }
        return of(lines);
    }

    /** Returns the page of these lines. */
    static Page of(List<String> lines) {
        var steps = new ArrayList<Step>();
        for (var line : lines) {
            var start = STEP.matcher(line);
            if (start.matches()) {
                steps.add(new Step(start.group(1), start.group(2), new ArrayList<>()));
            } else if (!steps.isEmpty()) {
                steps.getLast().lines().add(line.startsWith(INDENT) ? line.substring(INDENT.length()) : line);
            }
        }
        if (steps.isEmpty()) {
            throw new IllegalStateException("The walk-through has no steps:\n" + String.join("\n", lines));
        }
        var body = new StringBuilder("""
                <h1 id="the-walk-through">The walk-through</h1>
                <p>What <code>mvn compile exec:exec</code> prints in a clone of the repository. This is a run of the day on
                which the site was made, unchanged. Lines that begin with <code>SQL&gt;</code> are the statements that the
                server got, with their time; <code>...</code> stands for columns and rows that the program leaves out.</p>
                """);
        var sections = new ArrayList<>(List.of(new Page.Section(1, "the-walk-through", TITLE, "")));
        for (var step : steps) {
            var id = "step-" + step.number();
            var heading = step.number() + ". " + step.title();
            var text = String.join("\n", step.lines()).strip();
            sections.add(new Page.Section(2, id, heading, text));
            body.append(
                    "<h2 id=\"%s\">%s <a class=\"anchor\" href=\"#%1$s\" aria-label=\"Link to this section\">#</a></h2>\n"
                            .formatted(id, Html.escaped(heading)));
            body.append("<pre class=\"terminal\"><code>").append(terminal(text)).append("</code></pre>\n");
        }
        return new Page(ADDRESS, TITLE, body.toString(), sections);
    }

    /** Marks the statements with the lines that continue them, and the tables, whose lines must not be wrapped. */
    private static String terminal(String text) {
        var html = new StringBuilder();
        var inStatement = false;
        for (var line : text.split("\n", -1)) {
            inStatement = line.startsWith("SQL> ") || (inStatement && line.startsWith("     "));
            var escaped = Html.escaped(line);
            var tag = inStatement ? "b" : TABLE.matcher(line).matches() ? "i" : "";
            html.append(tag.isEmpty() ? escaped : "<" + tag + ">" + escaped + "</" + tag + ">")
                    .append('\n');
        }
        return html.toString();
    }
}
