package dev.rowan.codegen.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReservedNamesTest {

    /** The public API of core, which is built after this module. */
    private static final Path API = Path.of("../../core/api.txt");

    private static final Pattern METHOD = Pattern.compile(" (\\w+)\\(\\)");

    /** What core adds to the methods of jOOQ: a relation of that name would override it. */
    @Test
    void theMethodsOfCoresBaseClassesAreReserved() throws IOException {
        List<String> records = methods("record.KeyedRecord", "record.KeylessRecord");
        List<String> tables = methods("record.DeclaredTable");

        assertFalse(tables.isEmpty());
        records.forEach(method -> assertNotEquals(method, ReservedNames.accessor(method)));
        tables.forEach(method -> assertNotEquals(method, ReservedNames.path(method)));
    }

    /** Returns the names of the methods without parameters of these types. */
    private static List<String> methods(String... types) throws IOException {
        return List.of(Files.readString(API).split("\n\n")).stream()
                .filter(section -> List.of(types).stream()
                        .anyMatch(type ->
                                section.lines().findFirst().orElseThrow().contains(" " + type)))
                .flatMap(section -> METHOD.matcher(section).results())
                .map(method -> method.group(1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"store, store_", "store_, store__", "stores, stores", "getName, getName_", "getaway, getaway"})
    void aReservedNameAndTheSameWithAnUnderscoreStayApart(String name, String accessor) {
        assertEquals(accessor, ReservedNames.accessor(name));
    }

    @Test
    void aColumnNeverHasTheConstantOfItsTable() {
        assertEquals("USERS_", ReservedNames.columnConstant("USERS", "USERS"));
        assertEquals("USERS__", ReservedNames.columnConstant("USERS_", "USERS"));
        assertEquals("USER", ReservedNames.columnConstant("USER", "USERS"));
    }
}
