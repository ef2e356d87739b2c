package dev.rowan.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class LinksTest {

    private static final Pattern SCRIPT = Pattern.compile("(?s)<script[^>]*>.*?</script>");
    private static final Pattern LINK = Pattern.compile("<[^>]*?\\s(href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile("<[^>]*?\\sid=\"([^\"]*)\"");
    private static final Pattern INDEXED =
            Pattern.compile("^\\[\"(?:[^\"\\\\]|\\\\.)*\", \"(?:[^\"\\\\]|\\\\.)*\", \"([^\"]*)\"");

    private final Map<Path, Set<String>> ids = new HashMap<>();

    @Test
    void everyLinkLeadsToAFileAndAnAnchorThatExist() throws IOException {
        var broken = new ArrayList<String>();
        for (var page : BuiltSite.all()) {
            var links = LINK.matcher(SCRIPT.matcher(Files.readString(page)).replaceAll(""));
            while (links.find()) {
                var link = links.group(2).replace("&amp;", "&");
                // javadoc refers to parameters of records, which have no anchor: a fault of its own
                var place = link.replaceFirst("#type-param-.*", "");
                if (!isExternal(place) && !exists(page, place)) {
                    broken.add(BuiltSite.FOLDER.relativize(page) + ": " + link);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void noIdIsUsedTwice() throws IOException {
        for (var page : BuiltSite.pages()) {
            var ids = ID.matcher(SCRIPT.matcher(Files.readString(page)).replaceAll(""))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertEquals(ids.stream().distinct().toList(), ids, page::toString);
        }
    }

    @Test
    void nothingIsLoadedFromElsewhere() throws IOException {
        for (var page : BuiltSite.all()) {
            var links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                var isLoaded = links.group(1).equals("src") || links.group().startsWith("<link");
                assertTrue(!isLoaded || !isExternal(links.group(2)), () -> page + ": " + links.group());
            }
        }
    }

    @Test
    void everyPlaceOfTheSearchExists() throws IOException {
        var index = BuiltSite.FOLDER.resolve(Site.ASSETS).resolve("search-index.js");
        var places = new ArrayList<String>();
        for (var line : Files.readAllLines(index)) {
            var entry = INDEXED.matcher(line);
            if (entry.find()) {
                places.add(entry.group(1));
                assertTrue(exists(BuiltSite.FOLDER.resolve("index.html"), entry.group(1)), entry.group(1));
            }
        }
        assertTrue(places.size() > 300, places::toString);
        assertTrue(places.contains("api/dev/rowan/Database.html"), places::toString);
    }

    private static boolean isExternal(String link) {
        return link.matches("(https?|mailto|data|javascript):.*");
    }

    private boolean exists(Path page, String link) throws IOException {
        var parts = URLDecoder.decode(link.replace("+", "%2B"), UTF_8).split("#", 2);
        var file = parts[0].isEmpty()
                ? page
                : page.resolveSibling(parts[0].replaceFirst("\\?.*", "")).normalize();
        if (!Files.isRegularFile(file) || !file.startsWith(BuiltSite.FOLDER)) {
            return false;
        }
        return parts.length == 1 || parts[1].isEmpty() || ids(file).contains(parts[1]);
    }

    private Set<String> ids(Path file) throws IOException {
        var known = ids.get(file);
        if (known == null) {
            known = new HashSet<>();
            var found = ID.matcher(Files.readString(file));
            while (found.find()) {
                known.add(found.group(1).replace("&lt;", "<").replace("&gt;", ">"));
            }
            ids.put(file, known);
        }
        return known;
    }
}
