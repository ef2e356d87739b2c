package dev.rowan.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** Editors show what each property means, and its default. */
class MetadataTest {

    /** Those without a default, or with an empty one. */
    private static final Set<String> EMPTY = Set.of(
            "rowan.contexts",
            "rowan.labels",
            "rowan.changelog-parameters",
            "rowan.packages",
            "rowan.statement-timeout");

    private static final Pattern PROPERTY = Pattern.compile("\\{\\s*\"name\": \"(rowan\\.[^\"]+)\"[^}]*\"type\"[^}]*}");
    private static final Pattern GROUP = Pattern.compile("\"type\": \"dev\\.rowan\\.spring");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(rowan\\.[^`]+)` \\|");

    @Test
    void eachPropertyHasADescriptionAndItsDefault() throws IOException {
        var found = new TreeSet<String>();
        for (var property : PROPERTY.matcher(metadata()).results().toList()) {
            if (GROUP.matcher(property.group()).find()) {
                continue;
            }
            var name = property.group(1);
            found.add(name);
            assertTrue(property.group().contains(".\",\n"), () -> "No sentence in " + property.group());
            assertEquals(
                    !EMPTY.contains(name),
                    property.group().matches("(?s).*\"defaultValue\": (\"[^\"]+\"|[^\"\\[]+)\\s+}"),
                    property.group());
        }
        assertEquals(found, pageProperties());
    }

    private static String metadata() throws IOException {
        return new ClassPathResource("META-INF/spring-configuration-metadata.json").getContentAsString(UTF_8);
    }

    /** Returns the properties in the table of the page. */
    private static Set<String> pageProperties() throws IOException {
        var page = Files.readString(Path.of("../../docs/spring-boot.md"));
        var names = new TreeSet<String>();
        ROW.matcher(page).results().forEach(row -> names.add(row.group(1).replace(".*", "")));
        return names;
    }
}
