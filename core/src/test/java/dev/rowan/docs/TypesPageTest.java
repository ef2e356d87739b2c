package dev.rowan.docs;

import static dev.rowan.types.Tables.SPECIMENS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.EnumType;
import org.jooq.Field;
import org.junit.jupiter.api.Test;

/** Tests that {@code docs/types.md} lists each column type of the test schema with the Java type that is generated. */
class TypesPageTest {

    private static final Path PAGE = Path.of("../docs/types.md");
    private static final Path CHANGELOG = Path.of("src/test/resources/types/changelog.sql");

    @Test
    void thePageListsEachTypeWithItsJavaType() throws IOException {
        assertEquals(declared(), table());
    }

    /** Returns the first two columns of the page's table. */
    private static Set<List<String>> table() throws IOException {
        try (var lines = Files.lines(PAGE)) {
            return lines.filter(line -> line.startsWith("| `"))
                    .map(line -> Arrays.stream(line.split("\\|"))
                            .skip(1)
                            .limit(2)
                            .map(cell -> cell.replaceAll("`|, named.*", "").strip())
                            .toList())
                    .collect(Collectors.toSet());
        }
    }

    /** Returns each type as the changelog declares it, with the Java type of the generated column. */
    private static Set<List<String>> declared() throws IOException {
        var column = Pattern.compile("^  (\\w+) +([A-Z]+(?: UNSIGNED)?(?:\\([\\d, ]+\\))?)", Pattern.MULTILINE);
        return column.matcher(Files.readString(CHANGELOG))
                .results()
                .map(found -> List.of(found.group(2), javaType(SPECIMENS.field(found.group(1)))))
                .collect(Collectors.toSet());
    }

    private static String javaType(Field<?> field) {
        var type = field.getType();
        if (EnumType.class.isAssignableFrom(type)) {
            return "a generated enum";
        }
        return type == Set.class ? "Set of a generated enum" : type.getSimpleName();
    }
}
