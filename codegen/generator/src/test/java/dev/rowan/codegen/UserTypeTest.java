package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a line about a Java type of the user's is read. */
final class UserTypeTest {

    private static final String FORM = ". Write it as users.settings = com.example.Settings,"
            + " or orders.total = com.example.Money by com.example.MoneyConverter.";

    @Test
    void aLineNamesColumnsAndAType() {
        var type = UserType.of("users.settings = com.example.Settings");

        assertEquals("users.settings", type.columns().pattern());
        assertEquals("com.example.Settings", type.javaType());
        assertNull(type.by());
    }

    @Test
    void aConverterOrABindingIsNamedBehindIt() {
        var converted = UserType.of(".*_price=com.example.Money by com.example.MoneyConverter");
        var bound = UserType.of("place = com.example.Point by binding com.example.PointBinding");

        assertEquals("com.example.MoneyConverter", converted.by());
        assertFalse(converted.isBinding());
        assertEquals("com.example.PointBinding", bound.by());
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
        assertEquals(type, UserType.of("column = " + type.replace(",", " , ")).javaType());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users.settings com.example.Settings | It is not of the form: columns = type",
                "users.settings = | It is not of the form: columns = type",
                "users.settings = Settings | \"Settings\" is no Java type with its package",
                "users.settings = com.example.2nd | \"com.example.2nd\" is no Java type with its package",
                "a = java.util.List<com.example.Tag | \"java.util.List<com.example.Tag\" is no Java type with its package",
                "a = java.util.List<Tag> | \"java.util.List<Tag>\" is no Java type with its package",
                "a = com.example.A with com.example.B | \"com.example.A with com.example.B\" is no Java type with its package",
                "a = com.example.A by B | \"B\" is no Java class with its package",
                "(a = com.example.A | \"(a\" is no regular expression: Unclosed group"
            })
    void whatCannotBeReadSaysWhyAndHowToWriteIt(String line, String why) {
        var error = assertThrows(IllegalArgumentException.class, () -> UserType.of(line));

        assertEquals("<type>" + line + "</type> cannot be read. " + why + FORM, error.getMessage());
    }

    @Test
    void linesTravelAsAProperty() {
        var types = List.of(UserType.of("a = com.example.A"), UserType.of("b = com.example.B by com.example.C"));
        var property = UserType.property(types);
        var properties = new Properties();
        properties.setProperty(property.getKey(), property.getValue());

        assertEquals(
                types.stream().map(UserType::line).toList(),
                UserType.all(properties).stream().map(UserType::line).toList());
        assertEquals(List.of(), UserType.all(new Properties()));
    }
}
