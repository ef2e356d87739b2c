package dev.rowan.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.error.DatabaseException;
import dev.rowan.testing.NullableTable;
import dev.rowan.testing.NullableTable.Column;
import dev.rowan.testing.NullableTable.Repo;
import dev.rowan.testing.RandomConditions;
import dev.rowan.testing.RandomConditions.Predicate;
import dev.rowan.testing.ShopDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random conditions on rows with nulls. The rows for which a condition is true, false and unknown are together all
 * rows, and the same as in plain SQL. {@code -Drowan.predicates=100000} sets their number, {@code -Drowan.seed=7} the
 * seed.
 */
class ThreeValuedLogicTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final int PREDICATES = Integer.getInteger("rowan.predicates", 10_000);
    private static final long SEED = Long.getLong("rowan.seed", 1);

    /** The number of conditions of one shape: their statements are prepared only once. */
    private static final int ALIKE = 10;

    private static final int ROWS = 24;
    private static final int THREADS = 2;
    private static final NullableTable FACTS = new NullableTable();

    @BeforeAll
    static void facts() {
        var dsl = SHOP.database().dsl();
        var random = new Random(SEED);
        dsl.execute(FACTS.columns.stream()
                .map(column -> "`" + column.field().getName() + "` " + column.type())
                .collect(Collectors.joining(", ", "create table facts (id int primary key, ", ")")));
        for (int i = 1; i <= ROWS; i++) {
            dsl.execute(FACTS.columns.stream()
                    .map(column -> literal(column, random))
                    .collect(Collectors.joining(", ", "insert into facts values (" + i + ", ", ")")));
        }
    }

    private static <T> String literal(Column<T> column, Random random) {
        return column.literal(column.values().get(random.nextInt(column.values().size())));
    }

    @Test
    void aConditionItsNegationAndItsNullAreAllRowsAsInPlainSql() throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var halves = IntStream.range(0, THREADS)
                    .<Callable<Integer>>mapToObj(thread -> () -> check(thread))
                    .toList();
            for (var half : threads.invokeAll(halves)) {
                assertEquals(PREDICATES / THREADS, half.get());
            }
        }
    }

    private static int check(int thread) {
        var checked = 0;
        for (long shape = thread; checked < PREDICATES / THREADS; shape += THREADS) {
            var predicates = new ArrayList<Predicate>();
            for (int i = 0; i < ALIKE; i++) {
                predicates.add(
                        new RandomConditions(FACTS, new Random(SEED + shape), new Random(shape * ALIKE + i)).next(3));
            }
            if (!agree(predicates)) {
                throw disagreement(predicates);
            }
            checked += ALIKE;
        }
        return checked;
    }

    /** Returns the results of each predicate with Rowan: 1, 0 or null for each row, and how often each occurs. */
    private static List<String> answers(List<Predicate> predicates) {
        var repository = new Repo(SHOP.database(), FACTS);
        var fields = new ArrayList<Field<?>>(List.of(FACTS.id));
        for (int i = 0; i < predicates.size(); i++) {
            var condition = predicates.get(i).condition();
            fields.add(DSL.field(DSL.not(condition)).as("not " + i));
            fields.add(DSL.field(condition.isNull()).as("null " + i));
        }
        var rows = repository.all().select(fields.toArray(Field<?>[]::new)).list();
        var answers = new ArrayList<String>();
        for (int i = 0; i < predicates.size(); i++) {
            var answer = new Answer();
            answer.say("1", ids(repository, predicates.get(i).condition()));
            if (i == 0) {
                answer.say("0", ids(repository, DSL.not(predicates.get(i).condition())));
                answer.say("null", ids(repository, predicates.get(i).condition().isNull()));
            } else {
                for (var row : rows) {
                    if (Boolean.TRUE.equals(row.get(1 + 2 * i))) {
                        answer.say("0", List.of(row.get(FACTS.id)));
                    }
                    if (Boolean.TRUE.equals(row.get(2 + 2 * i))) {
                        answer.say("null", List.of(row.get(FACTS.id)));
                    }
                }
            }
            answers.add(answer.toString());
        }
        return answers;
    }

    private static List<Integer> ids(Repo repository, Condition condition) {
        return repository.where(condition).select(FACTS.id).list().stream()
                .map(row -> row.value1())
                .toList();
    }

    /** Returns the results of each predicate in plain SQL. */
    private static List<String> truths(List<Predicate> predicates) {
        var rows = SHOP.database()
                .dsl()
                .fetch(predicates.stream()
                        .map(Predicate::sql)
                        .collect(Collectors.joining(", ", "select id, ", " from facts")));
        return IntStream.rangeClosed(1, predicates.size())
                .mapToObj(i -> {
                    var truth = new Answer();
                    for (var row : rows) {
                        truth.say(String.valueOf(row.get(i, Integer.class)), List.of(row.get(0, Integer.class)));
                    }
                    return truth.toString();
                })
                .toList();
    }

    /** The result for each row. */
    private static final class Answer {

        private final @Nullable String[] said = new String[ROWS];

        void say(String truth, List<Integer> ids) {
            for (var id : ids) {
                said[id - 1] = said[id - 1] == null ? truth : said[id - 1] + "+" + truth;
            }
        }

        @Override
        public String toString() {
            return String.join(" ", said);
        }
    }

    private static boolean agree(List<Predicate> predicates) {
        try {
            return truths(predicates).equals(answers(predicates));
        } catch (DatabaseException e) {
            return false;
        }
    }

    /** Returns the error about the smallest set of predicates that still disagrees. */
    private static AssertionError disagreement(List<Predicate> predicates) {
        var culprit = predicates.stream()
                .flatMap(whole -> Stream.concat(RandomConditions.parts(whole), Stream.of(whole)))
                .filter(part -> !agree(List.of(part)))
                .findFirst()
                .map(List::of)
                .orElse(List.copyOf(predicates));
        var sql = culprit.stream().map(Predicate::sql).collect(Collectors.joining("\n   "));
        var seed = "\n  with -Drowan.seed=" + SEED;
        try {
            return new AssertionError("Of " + sql + "\n  plain SQL says " + truths(culprit) + "\n  Rowan says     "
                    + answers(culprit) + seed);
        } catch (DatabaseException e) {
            return new AssertionError("Of " + sql + seed, e);
        }
    }
}
