package dev.rowan.codegen.type;

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

/** Parsing of configured types. */
final class TypeMappingTest {

    private static final String FORM = ". Write it as users.settings = com.example.Settings,"
            + " or orders.total = com.example.Money by com.example.MoneyConverter.";

    @Test
    void aLineNamesColumnsAndAType() {
        var type = TypeMapping.parse("users.settings = com.example.Settings");

        assertEquals("users.settings", type.columns().pattern());
        assertEquals("com.example.Settings", type.javaType());
        assertNull(type.converter());
    }

    @Test
    void aConverterOrABindingFollowsTheType() {
        var converted = TypeMapping.parse(".*_price=com.example.Money by com.example.MoneyConverter");
        var bound = TypeMapping.parse("place = com.example.Point by binding com.example.PointBinding");

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
        assertEquals(
                type, TypeMapping.parse("column = " + type.replace(",", " , ")).javaType());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users.settings com.example.Settings | It is not of the form: columns = type",
                "users.settings = | It is not of the form: columns = type",
                "users.settings = Settings | \"Settings\" is not a fully qualified Java type",
                "users.settings = com.example.2nd | \"com.example.2nd\" is not a fully qualified Java type",
                "a = java.util.List<com.example.Tag | \"java.util.List<com.example.Tag\" is not a fully qualified Java type",
                "a = java.util.List<Tag> | \"java.util.List<Tag>\" is not a fully qualified Java type",
                "a = com.example.A with com.example.B | \"com.example.A with com.example.B\" is not a fully qualified Java type",
                "a = com.example.A by B | \"B\" is not a fully qualified Java class",
                "(a = com.example.A | \"(a\" is not a regular expression: Unclosed group"
            })
    void aMalformedLineIsAnErrorWithAReasonAndAnExample(String line, String reason) {
        var error = assertThrows(IllegalArgumentException.class, () -> TypeMapping.parse(line));

        assertEquals("<type>" + line + "</type> cannot be read. " + reason + FORM, error.getMessage());
    }

    @Test
    void linesAreWrittenToAPropertyAndReadBack() {
        var types = List.of(
                TypeMapping.parse("a = com.example.A"), TypeMapping.parse("b = com.example.B by com.example.C"));
        var property = TypeMapping.property(types);
        var properties = new Properties();
        properties.setProperty(property.getKey(), property.getValue());

        assertEquals(
                types.stream().map(TypeMapping::line).toList(),
                TypeMapping.parseAll(properties).stream().map(TypeMapping::line).toList());
        assertEquals(List.of(), TypeMapping.parseAll(new Properties()));
    }
}
