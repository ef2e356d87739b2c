package dev.rowan.codegen.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.db.Changeset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class PageOptionsTest {

    @Test
    void changesetsAreReadAsTheyAreWhateverTheyContain() {
        var odd = new Changeset("a b+%20\n\u001e\t", "", "ä=😀.sql", Duration.ZERO, List.of());
        var plain = new Changeset("1", "ann", "log.sql", Duration.ZERO, List.of());
        var options = new PageOptions(
                "${title}",
                Path.of("index.html"),
                Path.of("a b.md"),
                Optional.of("With labels: a = b"),
                Map.of("t = 1", List.of(odd, plain)));
        var properties = new Properties();
        options.properties().forEach(property -> properties.setProperty(property.getKey(), property.getValue()));

        assertEquals(options, PageOptions.of(properties));
    }
}
