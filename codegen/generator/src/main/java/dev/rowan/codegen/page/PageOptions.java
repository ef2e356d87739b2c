package dev.rowan.codegen.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.rowan.db.Changeset;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.meta.jaxb.Property;

/**
 * What a page is to be. It reaches {@link PageGenerator}, which jOOQ instantiates, as {@link #properties}.
 *
 * @param title its title
 * @param html the file of the page
 * @param markdown the file of the page in Markdown
 * @param selection what of the changelog was applied, in words; empty if nothing was selected
 * @param history the changesets that have shaped each table
 */
public record PageOptions(
        String title, Path html, Path markdown, Optional<String> selection, Map<String, List<Changeset>> history) {

    private static final String TITLE = "page.title";
    private static final String HTML = "page.html";
    private static final String MARKDOWN = "page.markdown";
    private static final String SELECTION = "page.selection";
    private static final String HISTORY = "page.history.";

    /** Reads the properties. */
    static PageOptions of(Properties properties) {
        var history = new TreeMap<String, List<Changeset>>();
        for (var key : properties.stringPropertyNames()) {
            if (key.startsWith(HISTORY)) {
                history.put(key.substring(HISTORY.length()), changesets(required(properties, key)));
            }
        }
        return new PageOptions(
                required(properties, TITLE),
                Path.of(required(properties, HTML)),
                Path.of(required(properties, MARKDOWN)),
                Optional.ofNullable(properties.getProperty(SELECTION)),
                history);
    }

    private static String required(Properties properties, String key) {
        return Objects.requireNonNull(properties.getProperty(key), key);
    }

    /** Returns the properties for jOOQ's configuration. */
    public List<Property> properties() {
        var properties = new ArrayList<Property>();
        properties.add(new Property().withKey(TITLE).withValue(title));
        properties.add(new Property().withKey(HTML).withValue(html.toString()));
        properties.add(new Property().withKey(MARKDOWN).withValue(markdown.toString()));
        selection.ifPresent(
                words -> properties.add(new Property().withKey(SELECTION).withValue(words)));
        history.forEach((table, changesets) ->
                properties.add(new Property().withKey(HISTORY + table).withValue(text(changesets))));
        return properties;
    }

    /** Returns a line for each changeset. Its id, author and file may contain anything, so they are encoded. */
    private static String text(List<Changeset> changesets) {
        return changesets.stream()
                .map(changeset -> Stream.of(changeset.id(), changeset.author(), changeset.file())
                        .map(part -> URLEncoder.encode(part, UTF_8))
                        .collect(joining(" ")))
                .collect(joining("\n"));
    }

    private static List<Changeset> changesets(String text) {
        return text.lines()
                .map(line -> {
                    var parts = Stream.of(line.split(" ", -1))
                            .map(part -> URLDecoder.decode(part, UTF_8))
                            .toList();
                    return new Changeset(parts.get(0), parts.get(1), parts.get(2), Duration.ZERO, List.of());
                })
                .toList();
    }
}
