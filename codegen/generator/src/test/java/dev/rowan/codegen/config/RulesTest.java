package dev.rowan.codegen.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.codegen.config.RelationRule.Choice;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of the lines that a project configures. */
final class RulesTest {

    @Test
    void aVersionLineNamesTablesAndAColumnOrNone() {
        var version = rules(OptionKeys.VERSION, "orders|items = revision", "articles=none")
                .version();

        assertEquals("revision", version.get(0).column());
        assertTrue(version.get(0).matches("ITEMS"));
        assertFalse(version.get(0).matches("order_items"));
        assertNull(version.get(1).column());
    }

    @Test
    void aTypeLineNamesColumnsAndAType() {
        var type = type("users.settings = com.example.Settings");

        assertTrue(type.matches("users", "settings"));
        assertFalse(type.matches("orders", "settings"));
        assertEquals("com.example.Settings", type.javaType());
        assertNull(type.converter());
    }

    @Test
    void aConverterOrABindingFollowsTheType() {
        var converted = type(".*_price=com.example.Money by com.example.MoneyConverter");
        var bound = type("place = com.example.Point by binding com.example.PointBinding");

        assertEquals("com.example.MoneyConverter", converted.converter());
        assertFalse(converted.isBinding());
        assertEquals("com.example.PointBinding", bound.converter());
        assertTrue(bound.isBinding());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.List<com.example.Tag>",
                "java.util.Map<java.lang.String,java.util.List<com.example.Tag>>",
                "com.example.Order.Status"
            })
    void aTypeMayHaveArgumentsOrBeNested(String type) {
        assertEquals(type, type("column = " + type.replace(",", " , ")).javaType());
    }

    @Test
    void aRelationLineNamesKeysOrLinkTablesAndAChoice() {
        var relations = rules(OptionKeys.RELATIONS, "orders\\.fk_.* = none", "users.fk_profile = many")
                .relations();

        assertTrue(relations.get(0).matches("orders", "fk_orders_user"));
        assertFalse(relations.get(0).matches("orders"));
        assertEquals(Choice.NONE, relations.get(0).choice());
        assertEquals(Choice.MANY, relations.get(1).choice());
    }

    @Test
    void aKeyLineNamesViewsAndTheColumnsOfTheirKey() {
        var key =
                rules(OptionKeys.KEYS, "order_lines = order_id, line_no").keys().get(0);

        assertTrue(key.matches("order_lines"));
        assertEquals(List.of("order_id", "line_no"), key.columns());
    }

    @Test
    void aNameLineNamesOneThingOrDropsAPrefix() {
        var names = rules(OptionKeys.NAMES, "users.e_mail = email", "wp_* = *").names();

        assertEquals(List.of("users", "e_mail"), names.get(0).path());
        assertEquals(List.of("email"), names.get(0).names());
        assertFalse(names.get(0).dropsPrefix());
        assertTrue(names.get(1).dropsPrefix());
        assertEquals("wp_", names.get(1).prefix());
    }

    @Test
    void aForeignKeyMayHaveANameForEachDirection() {
        var name = rules(OptionKeys.NAMES, "orders.fk_orders_user = customer, purchases")
                .names()
                .get(0);

        assertEquals(List.of("customer", "purchases"), name.names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with space", "a.b", "`", "a``.`b", "=", "größe", "a\nb", "a   b", "\\u0041"})
    void aNameOfTheDatabaseIsReadAsItIsWritten(String name) {
        var path = List.of(name, name, "fk");
        var line = NameRule.written(path) + " = other";

        assertEquals(path, rules(OptionKeys.NAMES, line).names().get(0).path());
    }

    @Test
    void aRegularExpressionMayContainTheSign() {
        assertTrue(type("users.(?=e).* = com.example.A").matches("users", "email"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version | orders revision | it is not of the form: what = value",
                "version | = revision | it is not of the form: what = value",
                "version | (a = b | \"(a\" is not a regular expression: Unclosed group",
                "types | users.settings com.example.Settings | it is not of the form: what = value",
                "types | users.settings = | it is not of the form: what = value",
                "types | users.settings = Settings | \"Settings\" is not a fully qualified Java type",
                "types | users.settings = com.example.2nd | \"com.example.2nd\" is not a fully qualified Java type",
                "types | a = java.util.List<com.example.Tag"
                        + " | \"java.util.List<com.example.Tag\" is not a fully qualified Java type",
                "types | a = java.util.List<Tag> | \"java.util.List<Tag>\" is not a fully qualified Java type",
                "types | a = com.example.A with com.example.B"
                        + " | \"com.example.A with com.example.B\" is not a fully qualified Java type",
                "types | a = com.example.A by B | \"B\" is not a fully qualified Java class",
                "types | (a = com.example.A | \"(a\" is not a regular expression: Unclosed group",
                "relations | orders.fk = one | \"one\" is neither none, many, read nor write",
                "keys | totals = a,,b | a name is missing between commas",
                "names | users = 1 | \"1\" is not a name: it has letters, digits and underscores",
                "names | users = a, b | only a foreign key has two names, for the relations in both directions",
                "names | a.b.c.d = e | \"a.b.c.d\" is not a table, a column or a foreign key",
                "names | a. = e | \"a.\" is not a table, a column or a foreign key",
                "names | * = * | \"*\" is not a prefix, as wp_*"
            })
    void aMalformedLineIsAnErrorWithItsPlaceAReasonAndAnExample(String element, String line, String reason) {
        var error = assertThrows(IllegalArgumentException.class, () -> rules(element, " ", line));

        var message = String.valueOf(error.getMessage());
        var start = "Line 1 of <%s>, \"%s\", cannot be read: %s. Write it as ".formatted(element, line, reason);
        assertEquals(start, message.substring(0, Math.min(start.length(), message.length())));
    }

    @Test
    void theExampleInAMessageCanBeRead() {
        for (var element : List.of(
                OptionKeys.VERSION, OptionKeys.TYPES, OptionKeys.RELATIONS, OptionKeys.KEYS, OptionKeys.NAMES)) {
            var error = assertThrows(IllegalArgumentException.class, () -> rules(element, "no sign"));

            var message = String.valueOf(error.getMessage());
            var examples = message.substring(message.indexOf("Write it as ") + 12, message.length() - 1);
            rules(element, examples.split(", or "));
        }
    }

    @Test
    void rulesAreWrittenToPropertiesAndReadBack() {
        var properties = new Properties();
        properties.setProperty(OptionKeys.VERSION, "a = b\n\n  c = none ");
        properties.setProperty(OptionKeys.TYPES, "a = com.example.A\nb = com.example.B by com.example.C");
        properties.setProperty(OptionKeys.RELATIONS, "a.b = none");
        properties.setProperty(OptionKeys.KEYS, "a = b, c");
        properties.setProperty(OptionKeys.NAMES, "a = B");
        var rules = Rules.of(properties);
        var copies = new Properties();
        rules.properties().forEach(property -> copies.setProperty(property.getKey(), property.getValue()));

        assertEquals(rules.toString(), Rules.of(copies).toString());
        assertEquals(2, rules.version().size());
    }

    @Test
    void aParameterThatIsNoRegularExpressionIsAnErrorWithAnExample() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> RegularExpression.ofParameter(OptionKeys.INCLUDES, "("));

        assertEquals(
                "<includes> is \"(\", which is not a regular expression: Unclosed group. Write it as users|order_.*",
                error.getMessage());
    }

    private static TypeRule type(String line) {
        return rules(OptionKeys.TYPES, line).types().get(0);
    }

    private static Rules rules(String element, String... lines) {
        var properties = new Properties();
        properties.setProperty(element, String.join("\n", lines));
        return Rules.of(properties);
    }
}
