package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The types of the columns of views are the same from each server. */
final class ViewTypesTest {

    private static final Pattern FIELD = Pattern.compile(
            "TableField<\\w+, (\\w+)> (\\w+) = createField\\(.*?," + " SQLDataType\\.(\\w+(?:\\([\\d, ]+\\))?)");

    @TempDir
    private Path output;

    private GeneratorFixture generator;

    @BeforeEach
    void createTable() throws Exception {
        generator = new GeneratorFixture(TestServers.configured(), output);
        generator.execute("CREATE TABLE cats (id INT UNSIGNED PRIMARY KEY, age SMALLINT, name VARCHAR(9), born DATE,"
                + " weight DECIMAL(6, 2), collar JSON, mood ENUM ('calm', 'wild'))");
    }

    @Test
    void aComputedColumnHasTheWidestTypeOfItsKind() throws Exception {
        assertEquals(
                "A=Long BIGINT, B=Long BIGINT, C=Long BIGINT, D=Long BIGINT, E=Long BIGINT, F=Long BIGINT",
                types("COALESCE(age, 0) AS a, LENGTH(name) AS b, LAG(age) OVER (ORDER BY id) AS c,"
                        + " ROW_NUMBER() OVER (ORDER BY id) AS d, YEAR(born) AS e, age > 1 AS f FROM cats"));
        assertEquals(
                "A=BigDecimal DECIMAL(65, 30), B=Double DOUBLE, C=BigDecimal DECIMAL(65, 30)",
                types("SUM(weight) AS a, SQRT(2) AS b, AVG(age) AS c FROM cats"));
        assertEquals(
                "A=String CLOB, B=String CLOB, C=String CLOB, D=String CLOB",
                types("JSON_OBJECT('a', age) AS a, UUID() AS b, CONCAT(name, '!') AS c, MAX(mood) AS d FROM cats"
                        + " GROUP BY age, name"));
        assertEquals(
                "A=LocalDateTime LOCALDATETIME(6), B=LocalDate LOCALDATE",
                types("NOW() AS a, CURRENT_DATE() AS b FROM cats"));
        assertEquals("A=Long BIGINT", types("age AS a FROM cats UNION SELECT 1"));
    }

    @Test
    void aColumnOfATableKeepsItsType() throws Exception {
        assertEquals(
                "AGE=Short SMALLINT, COLLAR=JSON JSON, ID=UInteger INTEGERUNSIGNED, MOOD=CatsViewMood VARCHAR(4),"
                        + " NAME=String VARCHAR(9), WEIGHT=BigDecimal DECIMAL(6, 2)",
                types("c.id, c.age, c.name, c.weight, c.collar, c.mood FROM cats AS c"));
    }

    @Test
    void aColumnThatAnotherViewComputesIsComputed() throws Exception {
        generator.execute("CREATE VIEW counted AS SELECT name, COUNT(*) AS n, MIN(age) AS a FROM cats GROUP BY name");

        assertEquals("A=Long BIGINT, NAME=String VARCHAR(9)", types("c.a, c.name FROM counted c"));
    }

    /** Returns the Java type and the jOOQ type of each column of a view. */
    private String types(String query) throws Exception {
        generator.execute("CREATE OR REPLACE VIEW cats_view AS SELECT " + query);
        generator.generate("cats");
        Map<String, String> types = new TreeMap<>();
        FIELD.matcher(Files.readString(output.resolve("cats/tables/CatsView.java")))
                .results()
                .forEach(field -> types.put(field.group(2), field.group(1) + " " + field.group(3)));
        return types.entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
