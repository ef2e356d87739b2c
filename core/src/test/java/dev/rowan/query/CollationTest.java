package dev.rowan.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.error.StaleRecord;
import dev.rowan.error.UniqueViolation;
import dev.rowan.result.Page;
import dev.rowan.result.UpsertResult.Outcome;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.TextKeyTable;
import dev.rowan.testing.TextKeyTable.Repo;
import dev.rowan.testing.TextKeyTable.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.OrderField;
import org.jooq.SQLDialect;
import org.jooq.UniqueKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rowan agrees with the database, in each collation, on which texts are equal and how they are sorted. */
class CollationTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final List<TextKeyTable> TABLES = List.of(
            new TextKeyTable("varchar", "utf8mb4_0900_ai_ci"),
            new TextKeyTable("varchar", "utf8mb4_0900_as_cs"),
            new TextKeyTable("varchar", "utf8mb4_general_ci"),
            new TextKeyTable("varchar", "utf8mb4_bin"),
            new TextKeyTable("char", "utf8mb4_0900_ai_ci"), // it distinguishes 'a' from 'a ', but CHAR does not
            new TextKeyTable("char", "utf8mb4_general_ci"));

    private static final int SIZE = TextKeyTable.WORDS.size();

    @BeforeAll
    static void create() {
        tables().forEach(words -> words.create(SHOP.database()));
    }

    /** MariaDB's indexes of CHAR disagree with its own comparisons if trailing spaces count. */
    static List<TextKeyTable> tables() {
        var isMariadb = SHOP.database().dsl().dialect() == SQLDialect.MARIADB;
        return TABLES.stream()
                .filter(words -> !isMariadb || !words.toString().equals("char(255) collate utf8mb4_0900_ai_ci"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void equalWordsAreInsertedOnce(TextKeyTable words) {
        empty(words);
        inSession(words, repository -> {
            for (int i = 0; i < SIZE; i++) {
                var record = words.record(i);
                var other = words.record("other " + i, TextKeyTable.WORDS.get(i), null, i);
                if (words.firstEqual(i) == i) {
                    repository.insert(record);
                } else {
                    assertViolates(words.getPrimaryKey(), i, () -> repository.insert(record));
                    assertViolates(words.aliasKey(), i, () -> repository.insert(other));
                }
            }
            assertEquals(
                    words.distinctWords(),
                    numbers(repository.all().orderBy(words.n).list()));
            repository.insert(words.record("other 1", null, null, 1));
            repository.insert(words.record("other 2", null, null, 2));
        });
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aKeyFindsTheSameRowAsAComparison(TextKeyTable words) {
        full(words);
        inSession(words, repository -> {
            for (int i = 0; i < SIZE; i++) {
                var key = TextKeyTable.WORDS.get(i);
                var found = words.matches(i);
                assertEquals(found, numbers(repository.find(key).stream().toList()), name(i));
                assertEquals(
                        found,
                        numbers(repository.findByUnique(words.aliasKey(), key).stream()
                                .toList()),
                        name(i));
                assertEquals(!found.isEmpty(), repository.exists(key), name(i));
                assertEquals(!found.isEmpty(), repository.update(key, row -> row.set(words.label, key)), name(i));
            }
            var left = new HashSet<>(words.distinctWords());
            for (int i = 0; i < SIZE; i++) {
                assertEquals(left.removeAll(words.matches(i)), repository.delete(TextKeyTable.WORDS.get(i)), name(i));
            }
            assertEquals(left.size(), repository.all().count());
        });
    }

    @ParameterizedTest
    @MethodSource("tables")
    void findAllReturnsEachRowOnceInTheOrderOfTheKeys(TextKeyTable words) {
        var repository = full(words);
        var keys = new ArrayList<>(IntStream.range(0, SIZE).boxed().toList());
        keys.addAll(List.copyOf(keys));
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(keys, new Random(seed));
            for (var requested : List.of(keys, keys.subList(0, 20))) {
                var expected = requested.stream()
                        .flatMap(i -> words.matches(i).stream())
                        .distinct()
                        .toList();
                var found = repository.findAll(
                        requested.stream().map(TextKeyTable.WORDS::get).toList());
                assertEquals(expected, numbers(found));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void twoEqualWordsAreNotInsertedTogether(TextKeyTable words) {
        var repository = empty(words);
        for (int i = 0; i < SIZE; i++) {
            if (words.firstEqual(i) == i) {
                continue;
            }
            var sameRow = List.of(words.record(words.firstEqual(i)), words.record(i));
            assertViolates(words.getPrimaryKey(), i, () -> repository.insertAll(sameRow));
            if (i % 8 == 0) {
                assertViolates(words.getPrimaryKey(), i, () -> repository.load(sameRow.stream()));
            }
        }
        assertEquals(0, repository.all().count());

        repository.load(words.distinctWords().stream().map(words::record));
        for (var row : repository.all().list()) {
            assertEquals(stored(words, row.n()), row.word());
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void anUpsertHitsTheRowOfItsKey(TextKeyTable words) {
        full(words);
        inSession(words, repository -> {
            for (int i = 0; i < SIZE; i++) {
                var word = TextKeyTable.WORDS.get(i);
                var first = stored(words, words.firstEqual(i));
                var byWord = repository
                        .upsert(words.record(word, "other", null, 1000 + i))
                        .on(words.getPrimaryKey());
                assertEquals(Outcome.UPDATED, byWord.outcome(), name(i));
                assertEquals(
                        words.matches(i).isEmpty() ? word : first,
                        byWord.record().word(),
                        name(i));
                assertEquals(1000 + i, repository.get(first).n(), name(i));
                repository.update(first, row -> row.set(words.alias, first));

                var byAlias = repository
                        .upsert(words.record("other", word, null, 2000 + i))
                        .on(words.aliasKey());
                assertEquals(Outcome.UPDATED, byAlias.outcome(), name(i));
                assertEquals(
                        words.matches(i).isEmpty() ? "other" : first,
                        byAlias.record().word(),
                        name(i));
                assertEquals(2000 + i, repository.get(first).n(), name(i));
            }
            assertEquals(words.distinctWords().size(), repository.all().count());
        });
    }

    @ParameterizedTest
    @MethodSource("tables")
    void upsertsOfManyRowsHitTheSameRowsInTheirOrder(TextKeyTable words) {
        var last = words.distinctWords().stream().map(words::lastEqual).sorted().toList();
        for (var key : List.of(words.getPrimaryKey(), words.aliasKey())) {
            var repository = empty(words);
            repository
                    .upsertAll(IntStream.range(0, SIZE).mapToObj(words::record).toList())
                    .on(key);
            assertEquals(last, numbers(repository.all().orderBy(words.n).list()));
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aRecordIsWrittenToItsRowAfterTheSpellingOfItsKeyChanged(TextKeyTable words) {
        var repository = full(words);
        var records = new ArrayList<>(repository.all().orderBy(words.n).list());
        var count = records.size();
        replaceWordsByEqualOnes(words);

        for (var record : records) {
            record.set(words.n, record.n() + 1000);
            repository.update(record);
        }
        assertEquals(count, repository.where(words.n.ge(1000)).count());
        for (var record : records) {
            record.set(words.n, record.n() + 1000);
        }
        repository.updateAll(records);
        assertEquals(count, repository.where(words.n.ge(2000)).count());
        for (var record : records) {
            record.set(words.n, record.n() + 1000);
        }
        repository.saveAll(records);
        assertEquals(count, repository.where(words.n.ge(3000)).count());

        repository.delete(records.removeFirst());
        repository.deleteAll(records);
        assertEquals(0, repository.all().count());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void twoRecordsOfOneRowAreStale(TextKeyTable words) {
        var repository = full(words);
        var records = repository.all().orderBy(words.n).list();
        replaceWordsByEqualOnes(words);
        var again = repository.all().orderBy(words.n).list();
        var before = numbers(again);
        for (int i = 0; i < records.size(); i++) {
            var sameRow = List.of(records.get(i), again.get(i));
            if (sameRow.getFirst().word().equals(sameRow.getLast().word())) {
                continue;
            }
            sameRow.getFirst().set(words.n, -1);
            sameRow.getLast().set(words.n, -2);
            assertThrows(StaleRecord.class, () -> repository.updateAll(sameRow));
            assertThrows(StaleRecord.class, () -> repository.deleteAll(sameRow));
        }
        assertEquals(before, numbers(repository.all().orderBy(words.n).list()));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void pagesReturnEachRowOnceInTheDatabasesOrder(TextKeyTable words) {
        var repository = labelled(words);
        SHOP.database().dsl().execute("update {0} set label = concat(repeat('x', 1200), label) where n % 3 = 1", words);
        var orders = List.<List<OrderField<?>>>of(
                List.of(),
                List.of(words.label),
                List.of(words.label.desc()),
                List.of(words.label, words.word.desc()),
                List.of(words.alias.desc(), words.label));
        var sql = List.of("word", "label, word", "label desc, word", "label, word desc", "alias desc, label, word");
        for (int i = 0; i < orders.size(); i++) {
            var expected = sortedByServer(words, sql.get(i));
            var query = repository.all().orderBy(orders.get(i).toArray(OrderField<?>[]::new));
            for (var size : List.of(1, 7)) {
                var pages = query.scan(size).toList();
                assertEquals(
                        expected,
                        pages.stream()
                                .flatMap(page -> numbers(page.items()).stream())
                                .toList());
                var back = new ArrayList<Integer>();
                for (Optional<Page<Word>> page = Optional.of(pages.getLast()); page.isPresent(); ) {
                    back.addAll(numbers(page.get().items().reversed()));
                    page = page.get().previous().map(query::page);
                }
                assertEquals(expected.reversed(), back);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void distinctComparesTextsLikeTheDatabase(TextKeyTable words) {
        var repository = labelled(words);
        var labels = repository.all().select(words.label).distinct().list();
        assertEquals(
                SHOP.database().dsl().fetchValue("select count(distinct label) + 1 from " + words.getName()),
                (long) labels.size());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void conditionsFindTheSameRowsAsPlainSql(TextKeyTable words) {
        var repository = labelled(words);
        for (int i = 0; i < SIZE; i++) {
            var text = TextKeyTable.WORDS.get(i);
            var other = TextKeyTable.WORDS.get((i * 7 + 3) % SIZE);
            var literal = TextKeyTable.literal(i);
            var second = TextKeyTable.literal(other);
            var escaped = text.replaceAll("[!%_]", "!$0");
            var conditions = new LinkedHashMap<String, Condition>();
            conditions.put("label = " + literal, words.label.eq(text));
            conditions.put("label <> " + literal, words.label.ne(text));
            conditions.put("label > " + literal, words.label.gt(text));
            conditions.put("label in (" + literal + ", " + second + ")", words.label.in(text, other));
            conditions.put("label not in (" + literal + ", " + second + ")", words.label.notIn(text, other));
            conditions.put("label between " + literal + " and " + second, words.label.between(text, other));
            conditions.put("not (label <=> " + literal + ")", words.label.isDistinctFrom(text));
            conditions.put("label like " + literal, words.label.like(text));
            conditions.put(like("%" + escaped + "%"), words.label.contains(text));
            conditions.put(like(escaped + "%"), words.label.startsWith(text));
            conditions.put(like("%" + escaped), words.label.endsWith(text));
            var truths = SHOP.database()
                    .dsl()
                    .fetch("select n, " + String.join(", ", conditions.keySet()) + " from " + words.getName());
            var column = 1;
            for (var condition : conditions.entrySet()) {
                var expected = new HashSet<Integer>();
                for (var row : truths) {
                    if (Objects.equals(row.get(column, Integer.class), 1)) {
                        expected.add(row.get(0, Integer.class));
                    }
                }
                assertEquals(
                        expected,
                        Set.copyOf(
                                numbers(repository.where(condition.getValue()).list())),
                        condition.getKey());
                column++;
            }
        }
    }

    private static String like(String pattern) {
        return "label like " + TextKeyTable.literal(pattern) + " escape '!'";
    }

    /** Returns the rows in the server's order of the whole texts, not only of their first bytes. */
    private static List<Integer> sortedByServer(TextKeyTable words, String order) {
        var size = "max_sort_length = 1000000";
        var buffer = "sort_buffer_size = 33554432";
        return SHOP.database()
                .dsl()
                .resultQuery("/*M! set statement " + size + ", " + buffer + " for */ select /*+ set_var(" + size
                        + ") set_var(" + buffer + ") */ n from " + words.getName() + " order by " + order)
                .fetchInto(Integer.class);
    }

    private static void assertViolates(UniqueKey<Word> key, int i, org.junit.jupiter.api.function.Executable write) {
        assertEquals(key, assertThrows(UniqueViolation.class, write, name(i)).key(), name(i));
    }

    private static void inSession(TextKeyTable words, Consumer<Repo> body) {
        SHOP.database().transaction(session -> body.accept(new Repo(session, words)));
    }

    private static Repo empty(TextKeyTable words) {
        var repository = new Repo(SHOP.database(), words);
        repository.all().delete();
        return repository;
    }

    /** Returns the table with a row for each distinct word. */
    private static Repo full(TextKeyTable words) {
        var repository = empty(words);
        repository.insertAll(words.distinctWords().stream().map(words::record).toList());
        return repository;
    }

    /** Returns the table with every word as a label, and with labels that are null. */
    private static Repo labelled(TextKeyTable words) {
        var repository = empty(words);
        var firsts = words.distinctWords();
        var rows = new ArrayList<Word>();
        for (int i = 0; i < SIZE; i++) {
            var word = i < firsts.size() ? TextKeyTable.WORDS.get(firsts.get(i)) : "other " + i;
            rows.add(words.record(word, i % 3 == 0 ? word : null, i % 10 == 0 ? null : TextKeyTable.WORDS.get(i), i));
        }
        repository.insertAll(rows);
        return repository;
    }

    /** Replaces the word of each row by the last word that is equal to it. */
    private static void replaceWordsByEqualOnes(TextKeyTable words) {
        for (var i : words.distinctWords()) {
            SHOP.database()
                    .dsl()
                    .execute("update " + words.getName() + " set word = " + TextKeyTable.literal(words.lastEqual(i))
                            + " where n = " + i);
        }
    }

    /** Returns a word as the column stores it: CHAR without trailing spaces. */
    private static String stored(TextKeyTable words, int i) {
        var word = TextKeyTable.WORDS.get(i);
        return words.toString().startsWith("char") ? word.replaceAll(" +$", "") : word;
    }

    private static List<Integer> numbers(List<Word> rows) {
        return rows.stream().map(Word::n).toList();
    }

    private static String name(int i) {
        return TextKeyTable.literal(i);
    }
}
