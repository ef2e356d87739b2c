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
 * Random conditions on rows with nulls are true, false and unknown for the same rows as in plain SQL.
 * {@code -Drowan.predicates=100000} sets their number, {@code -Drowan.seed=7} the seed.
 */
class ThreeValuedLogicTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final int PREDICATES = Integer.getInteger("rowan.predicates", 10_000);
    private static final long SEED = Long.getLong("rowan.seed", 1);

    /** The number of conditions of one shape, whose statement is prepared once. */
    private static final int CONDITIONS_PER_SHAPE = 10;

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
    void aConditionIsTrueFalseAndUnknownForTheSameRowsAsInPlainSql() throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var tasks = IntStream.range(0, THREADS)
                    .<Callable<Integer>>mapToObj(thread -> () -> check(thread))
                    .toList();
            for (var checked : threads.invokeAll(tasks)) {
                assertEquals(PREDICATES / THREADS, checked.get());
            }
        }
    }

    private static int check(int thread) {
        var checked = 0;
        for (long shape = thread; checked < PREDICATES / THREADS; shape += THREADS) {
            var predicates = new ArrayList<Predicate>();
            for (int i = 0; i < CONDITIONS_PER_SHAPE; i++) {
                predicates.add(new RandomConditions(
                                FACTS, new Random(SEED + shape), new Random(shape * CONDITIONS_PER_SHAPE + i))
                        .next(3));
            }
            if (!agree(predicates)) {
                throw disagreement(predicates);
            }
            checked += CONDITIONS_PER_SHAPE;
        }
        return checked;
    }

    /** Returns the results of each predicate with Rowan: 1, 0 or null for each row, and how often each occurs. */
    private static List<String> resultsOfRowan(List<Predicate> predicates) {
        var repository = new Repo(SHOP.database(), FACTS);
        var fields = new ArrayList<Field<?>>(List.of(FACTS.id));
        for (int i = 0; i < predicates.size(); i++) {
            var condition = predicates.get(i).condition();
            fields.add(DSL.field(DSL.not(condition)).as("not " + i));
            fields.add(DSL.field(condition.isNull()).as("null " + i));
        }
        var rows = repository.all().select(fields.toArray(Field<?>[]::new)).list();
        var allResults = new ArrayList<String>();
        for (int i = 0; i < predicates.size(); i++) {
            var results = new Results();
            results.add("1", ids(repository, predicates.get(i).condition()));
            if (i == 0) {
                results.add("0", ids(repository, DSL.not(predicates.get(i).condition())));
                results.add(
                        "null", ids(repository, predicates.get(i).condition().isNull()));
            } else {
                for (var row : rows) {
                    if (Boolean.TRUE.equals(row.get(1 + 2 * i))) {
                        results.add("0", List.of(row.get(FACTS.id)));
                    }
                    if (Boolean.TRUE.equals(row.get(2 + 2 * i))) {
                        results.add("null", List.of(row.get(FACTS.id)));
                    }
                }
            }
            allResults.add(results.toString());
        }
        return allResults;
    }

    private static List<Integer> ids(Repo repository, Condition condition) {
        return repository.where(condition).select(FACTS.id).list().stream()
                .map(row -> row.value1())
                .toList();
    }

    /** Returns the results of each predicate in plain SQL. */
    private static List<String> resultsOfPlainSql(List<Predicate> predicates) {
        var rows = SHOP.database()
                .dsl()
                .fetch(predicates.stream()
                        .map(Predicate::sql)
                        .collect(Collectors.joining(", ", "select id, ", " from facts")));
        return IntStream.rangeClosed(1, predicates.size())
                .mapToObj(i -> {
                    var results = new Results();
                    for (var row : rows) {
                        results.add(String.valueOf(row.get(i, Integer.class)), List.of(row.get(0, Integer.class)));
                    }
                    return results.toString();
                })
                .toList();
    }

    /** The results of a predicate for each row. */
    private static final class Results {

        private final @Nullable String[] values = new String[ROWS];

        void add(String value, List<Integer> ids) {
            for (var id : ids) {
                values[id - 1] = values[id - 1] == null ? value : values[id - 1] + "+" + value;
            }
        }

        @Override
        public String toString() {
            return String.join(" ", values);
        }
    }

    private static boolean agree(List<Predicate> predicates) {
        try {
            return resultsOfPlainSql(predicates).equals(resultsOfRowan(predicates));
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
            return new AssertionError("Of " + sql + "\n  plain SQL says " + resultsOfPlainSql(culprit)
                    + "\n  Rowan says     " + resultsOfRowan(culprit) + seed);
        } catch (DatabaseException e) {
            return new AssertionError("Of " + sql + seed, e);
        }
    }
}
