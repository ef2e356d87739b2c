package dev.rowan.codegen.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JavaSyntaxTest {

    @ParameterizedTest
    @CsvSource({
        "orders_by_approver, ORDERS_BY_APPROVER, ordersByApprover",
        "case-notes, CASE_NOTES, caseNotes",
        "2nd_address, _2ND_ADDRESS, _2ndAddress",
        "class, CLASS, class_",
        "AlbumId, ALBUM_ID, albumId",
        "UserID, USER_ID, userId",
        "HTTPServer, HTTP_SERVER, httpServer",
        "größe, GRÖSSE, größe",
        "部署, 部署, 部署",
        "a$b, A_24B, a_24b",
        "_, __, ___"
    })
    void aNameYieldsLegalIdentifiers(String snakeCase, String constant, String method) {
        assertEquals(constant, JavaSyntax.constantName(snakeCase));
        assertEquals(method, JavaSyntax.methodName(snakeCase));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Integer; @N Integer",
                "java.util.Date; java.util.@N Date",
                "byte[]; byte @N []",
                "List<com.example.Tag>; @N List<com.example.Tag>",
                "java.util.Map<String, com.example.Tag>; java.util.@N Map<String, com.example.Tag>"
            })
    void anAnnotationStandsWhereItIsAboutTheWholeType(String type, String annotated) {
        assertEquals(annotated, JavaSyntax.annotated(type, "@N"));
    }

    @Test
    void aStringLiteralEscapesQuotesBackslashesAndLineBreaks() {
        assertEquals("\"a \\\"b\\\" \\\\ c\\n\\r\"", JavaSyntax.stringLiteral("a \"b\" \\ c\n\r"));
    }
}
