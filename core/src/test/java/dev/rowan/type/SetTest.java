package dev.rowan.type;

import static dev.rowan.types.Tables.SPECIMENS;
import static dev.rowan.types.enums.SpecimensMarks.it_27s;
import static dev.rowan.types.enums.SpecimensMarks.plain;
import static dev.rowan.types.enums.SpecimensMarks.with_space;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.enums.SpecimensMarks;
import dev.rowan.types.repositories.SpecimensRepository;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code contains} of a SET column is about the members of the set. */
class SetTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/changelog.sql");

    private final SpecimensRepository specimens = new SpecimensRepository(SCHEMA.database());

    /** Each specimen is told by its word. */
    @BeforeEach
    void specimens() {
        specimen("all", EnumSet.allOf(SpecimensMarks.class));
        specimen("two", Set.of(plain, with_space));
        specimen("one", Set.of(plain));
        specimen("none", Set.of());
        specimen("null", null);
    }

    @Test
    void aSetContainsItsMembersInAnyOrder() {
        assertWords(List.of("all", "one", "two"), SPECIMENS.MARKS.contains(Set.of(plain)));
        assertWords(List.of("all", "two"), SPECIMENS.MARKS.contains(Set.of(with_space, plain)));
        assertWords(List.of("all"), SPECIMENS.MARKS.contains(Set.of(plain, it_27s)));
        assertWords(List.of("all"), SPECIMENS.MARKS.containsIgnoreCase(Set.of(plain, it_27s)));
        assertWords(List.of("all", "none", "one", "two"), SPECIMENS.MARKS.contains(Set.of()));
        assertWords(List.of("all", "none", "one", "two"), SPECIMENS.MARKS.contains(SPECIMENS.MARKS));
        assertWords(List.of(), SPECIMENS.MARKS.contains((Set<SpecimensMarks>) null));
    }

    @Test
    void containmentIsCombinedWithOtherConditions() {
        assertWords(List.of("none"), not(SPECIMENS.MARKS.contains(Set.of(plain))));
        assertWords(List.of("none"), SPECIMENS.MARKS.notContains(Set.of(plain)));
        assertWords(
                List.of("all", "none"), SPECIMENS.MARKS.contains(Set.of(it_27s)).or(SPECIMENS.WORD.eq("none")));
        assertEquals(
                2, specimens.where(SPECIMENS.MARKS.contains(Set.of(with_space))).update(s -> s.setMarks(Set.of())));
        assertEquals(1, specimens.where(SPECIMENS.MARKS.contains(Set.of(plain))).delete());
    }

    @Test
    void containmentWithinAnExpressionIsRefused() {
        var hidden = when(SPECIMENS.MARKS.contains(Set.of(plain)), 1).otherwise(0);

        assertThrows(
                IllegalArgumentException.class,
                () -> specimens.where(hidden.eq(1)).list());
        assertThrows(
                IllegalArgumentException.class,
                () -> specimens.all().orderBy(hidden).list());
        assertThrows(
                IllegalArgumentException.class,
                () -> specimens.all().select(hidden).list());
    }

    private void specimen(String word, @Nullable Set<SpecimensMarks> marks) {
        specimens.insert(s -> s.setWord(word).setMarks(marks));
    }

    private void assertWords(List<String> words, Condition condition) {
        assertEquals(
                words, specimens.where(condition).orderBy(SPECIMENS.WORD).list(s -> s.getWord()), condition::toString);
    }
}
