package dev.rowan.internal.query;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Internals;
import dev.rowan.internal.table.QueryShape;
import dev.rowan.internal.table.RowReader;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryShapeTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();
    private final TableMapping<UsersRecord> mapping =
            Internals.executor(SHOP.database()).mappings().of(USERS, UsersRecord::new);

    @Test
    void theCachedTextIsTheOneThatJooqRenders() {
        var random = new Random(11);
        var dsl = mapping.dsl();
        Map<List<Object>, String> texts = new HashMap<>();
        int open = 0;
        for (int i = 0; i < 5_000; i++) {
            var condition = condition(random, 3);
            List<SortField<?>> order = random.nextBoolean() ? List.of() : List.of(USERS.AGE.desc(), USERS.ID.asc());
            var query = dsl.selectFrom(USERS).where(condition).orderBy(order).limit(5);
            var call = Selection.all(mapping)
                    .and(condition)
                    .orderedBy(order)
                    .limitedTo(5)
                    .rows(RowReader.of(mapping));

            assertEquals(query.getSQL(), call.text());
            assertEquals(query.getBindValues().toString(), call.binds().values().toString());
            var shape = new QueryShape(USERS, "rows").with(condition);
            var fresh = dsl.selectFrom(USERS).where(condition).getSQL();
            if (shape.isOpen()) {
                open++;
            } else {
                assertEquals(fresh, texts.computeIfAbsent(shape.key(), key -> fresh));
            }
        }
        assertTrue(open < 1_200, open + " of 5000 conditions were not read");
        assertTrue(texts.size() > 1_000, texts.size() + " shapes");
    }

    private static Condition condition(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            var left = condition(random, depth - 1);
            return switch (random.nextInt(3)) {
                case 0 -> left.and(condition(random, depth - 1));
                case 1 -> left.or(condition(random, depth - 1));
                default -> DSL.not(left);
            };
        }
        return random.nextBoolean() ? ofNumbers(random) : ofText(random);
    }

    private static Condition ofNumbers(Random random) {
        var left = number(random);
        var right = random.nextBoolean() ? number(random) : DSL.val(random.nextInt(9), USERS.AGE);
        return switch (random.nextInt(13)) {
            case 0 -> left.eq(right);
            case 1 -> left.ne(right);
            case 2 -> left.lt(right);
            case 3 -> left.le(right);
            case 4 -> left.gt(right);
            case 5 -> left.ge(right);
            case 6 -> left.between(right, DSL.val(random.nextInt(9)));
            case 7 -> left.notBetween(right, left);
            case 8 -> left.isDistinctFrom(right);
            case 9 -> left.isNotDistinctFrom(right);
            case 10 -> left.in(integers(random));
            case 11 -> left.notIn(integers(random));
            default -> random.nextBoolean() ? left.isNull() : left.isNotNull();
        };
    }

    private static Field<Integer> number(Random random) {
        var column = random.nextBoolean() ? USERS.AGE : USERS.ID;
        return switch (random.nextInt(4)) {
            case 0 -> column.plus(random.nextInt(9));
            case 1 -> column.minus(USERS.ID);
            default -> column;
        };
    }

    private static List<Integer> integers(Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> random.nextInt(9))
                .toList();
    }

    private static Condition ofText(Random random) {
        var column = random.nextBoolean() ? USERS.NAME : USERS.EMAIL;
        var text = List.of("100%_!", "\\", "'", "").get(random.nextInt(4));
        return switch (random.nextInt(10)) {
            case 0 -> column.contains(text);
            case 1 -> column.notContains(text);
            case 2 -> column.startsWith(text);
            case 3 -> column.endsWith(text);
            case 4 -> column.containsIgnoreCase(text);
            case 5 -> column.startsWithIgnoreCase(text);
            case 6 -> column.endsWithIgnoreCase(text);
            case 7 -> column.like(text);
            case 8 -> column.notLike(text, '#');
            default -> column.eq(text);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%_!", "a\\b", "\\", "\\%", "it's", "\"q\"", "!!", "_", "%", "é", "😀"})
    void textIsFoundAsItIsWritten(String text) {
        List.of(text, "x" + text, text + "x", "x" + text + "x", "plain", "100x_!", "ab")
                .forEach(n -> SHOP.user(n, 1));
        var stored = users.all().orderBy(USERS.ID).list(UsersRecord::getName);

        for (var found : Map.<Condition, Function<String, Boolean>>of(
                        USERS.NAME.contains(text), name -> name.contains(text),
                        USERS.NAME.containsIgnoreCase(text), name -> name.contains(text),
                        USERS.NAME.startsWith(text), name -> name.startsWith(text),
                        USERS.NAME.startsWithIgnoreCase(text), name -> name.startsWith(text),
                        USERS.NAME.endsWith(text), name -> name.endsWith(text),
                        USERS.NAME.endsWithIgnoreCase(text), name -> name.endsWith(text))
                .entrySet()) {
            assertEquals(names(stored, found.getValue()), read(found.getKey()));
            assertEquals(names(stored, name -> !found.getValue().apply(name)), read(DSL.not(found.getKey())));
        }
        assertEquals(names(stored, name -> !name.contains(text)), read(USERS.NAME.notContains(text)));
    }

    @Test
    void theTextOfATextConditionIsTheSameWhateverTheValue() {
        for (var condition : List.<Function<String, Condition>>of(
                USERS.NAME::contains,
                USERS.NAME::startsWith,
                USERS.NAME::endsWithIgnoreCase,
                USERS.NAME::notContains)) {
            var texts = new ArrayList<String>();
            for (var text : List.of("a", "%", "")) {
                assertFalse(new QueryShape(USERS, "rows")
                        .with(condition.apply(text))
                        .isOpen());
                texts.add(Selection.all(mapping)
                        .and(condition.apply(text))
                        .count()
                        .text());
            }
            assertEquals(1, texts.stream().distinct().count());
        }
    }

    private List<String> read(Condition condition) {
        return users.where(condition).orderBy(USERS.ID).list(UsersRecord::getName);
    }

    private static List<String> names(List<String> names, Function<String, Boolean> meets) {
        return names.stream().filter(meets::apply).toList();
    }
}
