package dev.rowan.codegen.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page, driven by its DevTools protocol. Without one on this machine a test is aborted;
 * {@code -Drowan.chromium=required} makes that an error.
 */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+),");
    private static final Pattern TARGET = Pattern.compile("\"targetId\":\"([^\"]+)\"");
    private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
    private static final Pattern VALUE = Pattern.compile("\"value\":\"([A-Za-z0-9+/=]*)\"");
    private static final Pattern REQUEST =
            Pattern.compile("^\\{\"method\":\"Network.requestWillBeSent\".*?\"request\":\\{\"url\":\"([^\"]+)\"");
    private static final Pattern COMPLAINT =
            Pattern.compile("^\\{\"method\":\"(?:Runtime.exceptionThrown|Runtime.consoleAPICalled|Log.entryAdded)\"");
    private static final Pattern DATA = Pattern.compile("\"data\":\"([A-Za-z0-9+/=]*)\"");
    private static final int TIMEOUT_SECONDS = 30;
    private static final int ATTEMPTS = 5;
    private static final long POLL_MILLIS = 20;
    private static final String DRAWN =
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(''))))";

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Set<String> requests = ConcurrentHashMap.newKeySet();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private String tab = "";
    private String session = "";

    private Chromium(Process process, URI address) throws Exception {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Answers())
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Starts a browser that keeps its files in this folder. */
    public static Chromium start(Path folder) throws Exception {
        var executable = executable();
        if (executable.isEmpty()) {
            var message = "There is no Chromium on this machine, and so nobody has looked at the pages. Install it:"
                    + " apt-get install chromium";
            if (System.getProperty("rowan.chromium", "").equals("required")) {
                throw new IllegalStateException(message);
            }
            abort(message);
        }
        var process = new ProcessBuilder(
                        executable.orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox", // it reads our own files only, and root has no sandbox
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking", // else it asks for updates at each start
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-proxy-server",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Chromium(process, address(process));
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Optional<Path> executable() {
        return NAMES.stream()
                .flatMap(name -> Arrays.stream(
                                System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static URI address(Process process) throws IOException {
        BufferedReader lines = process.errorReader(UTF_8);
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var listening = LISTENING.matcher(line);
            if (listening.find()) {
                var rest = new Thread(() -> lines.lines().forEach(ignored -> {}), "chromium-log");
                rest.setDaemon(true);
                rest.start();
                return URI.create(listening.group(1));
            }
        }
        throw new IOException("Chromium ended with exit code " + process.exitValue());
    }

    /**
     * Opens a file in a window of this size, in a tab of its own: now and then Chromium forgets to go to a page, and
     * then the tab does not answer either.
     */
    public Chromium open(Path file, boolean dark, int width, int height) throws Exception {
        for (var attempt = 1; !isOpened(file, dark, width, height); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new TimeoutException(file + " has not been opened");
            }
        }
        evaluate(DRAWN);
        return this;
    }

    private boolean isOpened(Path file, boolean dark, int width, int height) throws Exception {
        try {
            newTab();
            measure(width, height);
            prefer(dark);
            call("Page.navigate", "{\"url\":\"" + file.toUri() + "\"}");
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (!isComplete()) {
                if (System.nanoTime() > end) {
                    return false;
                }
                Thread.sleep(POLL_MILLIS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private boolean isComplete() throws Exception {
        try {
            return evaluate("location.protocol === 'file:' && document.readyState === 'complete'")
                    .equals("true");
        } catch (IllegalStateException e) {
            return false; // the empty page of the tab has just ended
        }
    }

    private void newTab() throws Exception {
        if (!tab.isEmpty()) {
            var unused = send("", "Target.closeTarget", "{\"targetId\":\"" + tab + "\"}");
        }
        tab = group(TARGET, call("", "Target.createTarget", "{\"url\":\"about:blank\"}"));
        session = group(SESSION, call("", "Target.attachToTarget", "{\"targetId\":\"" + tab + "\",\"flatten\":true}"));
        for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", "{}");
        }
    }

    /** Lets the system prefer dark colors, or light ones. */
    public void prefer(boolean dark) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}"
                        .formatted(dark ? "dark" : "light"));
    }

    /** Returns the addresses that pages have asked for since the start. */
    public Set<String> requests() {
        return Set.copyOf(requests);
    }

    /** Returns what pages have written to the console since the start, and the errors of their scripts. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Gives the window another size. */
    public void resize(int width, int height) throws Exception {
        measure(width, height);
        evaluate(DRAWN);
    }

    private void measure(int width, int height) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":false}".formatted(width, height));
    }

    /** Returns the lines that a function body returns as an array of strings. */
    public List<String> lines(String body) throws Exception {
        return evaluate("(() => {" + body + "})().join('\\n')")
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Checks that a function body returns no complaint, as an array of strings. */
    public void assertNone(String body) throws Exception {
        assertEquals(List.of(), lines(body).stream().limit(20).toList());
    }

    /** Returns what an expression is, or what it promises, as text. */
    public String evaluate(String expression) throws Exception {
        var asBase64 = "Promise.resolve(" + expression.strip()
                + ").then(value => btoa(String.fromCharCode(...new TextEncoder().encode(String(value)))))";
        var answer = call(
                "Runtime.evaluate",
                "{\"awaitPromise\":true,\"returnByValue\":true,\"expression\":\"%s\"}".formatted(json(asBase64)));
        if (answer.contains("\"exceptionDetails\"")) {
            throw new IllegalStateException(answer);
        }
        return new String(Base64.getDecoder().decode(group(VALUE, answer)), UTF_8);
    }

    /** Presses a key; a character is typed. */
    public void press(String key) throws Exception {
        var text =
                key.length() == 1 ? ",\"text\":\"" + json(key) + "\"" : key.equals("Enter") ? ",\"text\":\"\\r\"" : "";
        for (var type : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    "{\"type\":\"%s\",\"key\":\"%s\"%s}"
                            .formatted(type, json(key), type.equals("keyDown") ? text : ""));
        }
    }

    public void type(String text) throws Exception {
        call("Input.insertText", "{\"text\":\"" + json(text) + "\"}");
    }

    /** Presses the mouse at the first point, moves it to each, and releases it at the last. */
    void drag(int... points) throws Exception {
        mouse("mousePressed", points[0], points[1]);
        for (var i = 2; i < points.length; i += 2) {
            mouse("mouseMoved", points[i], points[i + 1]);
        }
        mouse("mouseReleased", points[points.length - 2], points[points.length - 1]);
    }

    private void mouse(String type, int x, int y) throws Exception {
        call(
                "Input.dispatchMouseEvent",
                "{\"type\":\"%s\",\"x\":%d,\"y\":%d,\"button\":\"left\",\"buttons\":1,\"clickCount\":1}"
                        .formatted(type, x, y));
    }

    /** Writes what the window shows as a PNG. */
    public void screenshot(Path file) throws Exception {
        var answer = call("Page.captureScreenshot", "{\"format\":\"png\"}");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(group(DATA, answer)));
    }

    private String call(String method, String parameters) throws Exception {
        return call(target(), method, parameters);
    }

    private String target() {
        return ",\"sessionId\":\"" + session + "\"";
    }

    private String call(String target, String method, String parameters) throws Exception {
        var text = send(target, method, parameters).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (text.contains("\"error\":{")) {
            throw new IllegalStateException(method + ": " + text);
        }
        return text;
    }

    private CompletableFuture<String> send(String target, String method, String parameters) throws Exception {
        var id = count.incrementAndGet();
        var answer = new CompletableFuture<String>();
        answers.put(id, answer);
        var message = "{\"id\":%d,\"method\":\"%s\",\"params\":%s%s}".formatted(id, method, parameters, target);
        socket.sendText(message, true).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return answer;
    }

    private static String group(Pattern pattern, String text) {
        return Stream.of(pattern.matcher(text))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(text));
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public void close() {
        var children = process.descendants().toList(); // they write to its folder for a while after it has ended
        process.destroy();
        process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
        for (var child : children) {
            child.destroyForcibly();
            child.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    private final class Answers implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                var message = text.toString();
                text.setLength(0);
                var id = ID.matcher(message);
                var request = REQUEST.matcher(message);
                if (request.find()) {
                    requests.add(request.group(1));
                } else if (COMPLAINT.matcher(message).find()) {
                    complaints.add(message);
                } else if (id.find()) {
                    Objects.requireNonNull(answers.get(Integer.valueOf(id.group(1))))
                            .complete(message);
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
