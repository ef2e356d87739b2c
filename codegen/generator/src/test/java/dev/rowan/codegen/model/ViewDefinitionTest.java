package dev.rowan.codegen.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.codegen.model.ViewDefinition.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The columns of a view's query, as each server reports it. */
final class ViewDefinitionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select `shop`.`c`.`id` AS `id`,coalesce(`shop`.`c`.`age`,0) AS `age` from `shop`.`cats` `c`",
                "select `c`.`id` AS `id`,coalesce(`c`.`age`,0) AS `age` from `cats` `c`"
            })
    void aColumnOfATableIsKnownFromAComputedOne(String query) {
        var view = ViewDefinition.parse(query);

        assertEquals(Optional.of(new Source("c", "id")), view.source(0));
        assertEquals(Optional.empty(), view.source(1));
        assertTrue(view.calls("cats", "c"));
        assertTrue(view.calls("cats", "CATS"));
        assertFalse(view.calls("dogs", "c"));
    }

    @Test
    void commasAndKeywordsInQuotesAndParenthesesDoNotEndAColumn() {
        var view = ViewDefinition.parse("select sql_no_cache distinct ' from , \\' union ' AS `a, from `,"
                + "(select `o`.`n` from `o` union select 2) AS `b`,`t`.`c``d` AS `c` from `t`");

        assertEquals(
                List.of("' from , \\' union '", "(select `o`.`n` from `o` union select 2)", "`t`.`c``d`"),
                view.items());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select `t`.`id` AS `id` from `t` union select 1 AS `1`",
                "with `c` as (select 1 AS `id`) select `c`.`id` AS `id` from `c`"
            })
    void theColumnsOfMoreThanOneSelectAreComputed(String query) {
        assertEquals(Optional.empty(), ViewDefinition.parse(query).source(0));
    }

    @Test
    void aQueryMayHaveNoTable() {
        assertEquals(List.of("1"), ViewDefinition.parse("select 1 AS `one`").items());
    }
}
