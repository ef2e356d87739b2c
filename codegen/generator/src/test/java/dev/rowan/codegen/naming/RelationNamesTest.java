package dev.rowan.codegen.naming;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RelationNamesTest {

    @ParameterizedTest
    @CsvSource({
        "user, users",
        "box, boxes",
        "category, categories",
        "shelf, shelves",
        "knife, knives",
        "roof, roofs",
        "staff, staff"
    })
    void aPluralHasTheSameNoun(String noun, String name) {
        assertTrue(RelationNames.isPlural(name, noun));
    }

    @ParameterizedTest
    @CsvSource({"approver, users", "person, people", "user, user_roles", "book, bookies"})
    void anotherNounIsNotItsPlural(String noun, String name) {
        assertFalse(RelationNames.isPlural(name, noun));
    }
}
