package dev.rowan.internal.load;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.Repository;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.WriteColumns;
import dev.rowan.internal.write.InsertChunk;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.LoadResult;
import dev.rowan.result.LoadResult.Form;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jooq.Converter;
import org.jooq.SQLDialect;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InfileStreamTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Words words = new Words();

    @Test
    void aFileOfManyPartsIsTheSameHoweverItIsRead() throws IOException {
        var rows = IntStream.range(0, 3_000)
                .mapToObj(i -> words.row(i, "line\tof row " + i + " 🦊".repeat(i == 1_000 ? 50_000 : i % 40)))
                .toList();
        var expected = rows.stream()
                .map(row ->
                        row.get(words.id) + "\t" + row.get(words.word).text().replace("\t", "\\t") + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);

        assertArrayEquals(expected, file(rows).readAllBytes());
        var random = new Random(7);
        var read = new ByteArrayOutputStream();
        var file = file(rows);
        for (int count = 0; count >= 0; ) {
            var some = new byte[1 + random.nextInt(100_000)];
            count = file.read(some, 0, some.length);
            if (count > 0) {
                read.write(some, 0, count);
            }
        }
        assertArrayEquals(expected, read.toByteArray());
        assertEquals(-1, file.read());
        assertDoesNotThrow(file::rethrowFailure);
    }

    @Test
    void rowsAreConvertedAsTheyAreRead() throws IOException {
        var file = file(
                IntStream.range(0, 100_000).mapToObj(i -> words.row(i, "word")).toList());

        assertEquals('0', file.read());
        var converted = words.converted;
        assertTrue(converted > 0 && converted < 10_000, () -> converted + " rows were converted");
        file.readNBytes(1 << 19);
        assertTrue(words.converted < 70_000, () -> words.converted + " rows were converted");
    }

    @Test
    void aFailureEndsTheFileAndIsThrownAfterwards() throws IOException {
        var file = file(
                IntStream.range(0, 100_000).mapToObj(i -> words.row(i, "word")).toList());
        words.failsAt = 50_000;

        var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.startsWith("0\tword\n1\tword\n") && text.endsWith("\tword\n"));
        assertSame(words.failure, assertThrows(IllegalStateException.class, file::rethrowFailure));
        assertEquals(-1, file.read());
    }

    @Test
    void aLoadWhoseFileFailsInTheMiddleWritesNothingAndEnds() {
        assumeTrue(SHOP.loadForm() == Form.LOAD_DATA, "a server with local_infile=OFF is never sent a file");
        words.make();
        var repository = new WordsRepository(words);
        var rows = new Iterator<WordsRecord>() {
            private int made;

            @Override
            public boolean hasNext() {
                if (made == 9_000) {
                    // all rows are read; the file is sent next
                    words.failsAt = words.converted + 8_000;
                }
                return made < 9_000;
            }

            @Override
            public WordsRecord next() {
                return words.row(made++, "a word of some length");
            }
        };
        var stream = StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false);

        assertSame(words.failure, assertThrows(IllegalStateException.class, () -> repository.load(stream)));
        assertEquals(0, repository.all().count());
        words.failsAt = -1;
        var again = IntStream.range(0, 9_000).mapToObj(i -> words.row(i, "word"));
        assertEquals(new LoadResult(9_000, Form.LOAD_DATA), repository.load(again));
    }

    @Test
    void everyNumberOfDigitsIsWritten() throws IOException {
        var numbers = IntStream.of(0, 7, 10, 99, 100, 123_456, 2_147_483_647, -1, -2_147_483_648)
                .boxed()
                .toList();
        var rows = numbers.stream().map(age -> new UsersRecord().setAge(age)).toList();
        var mapping = new TableMapping<>(USERS, UsersRecord::new, DSL.using(SQLDialect.MYSQL));
        var given = rows.stream().map(row -> WriteColumns.given(row, mapping)).toList();

        assertEquals(
                numbers.stream().map(number -> number + "\n").collect(Collectors.joining()),
                new String(
                        new InfileStream<>(new InsertChunk<>(mapping, rows, given, false), mapping).readAllBytes(),
                        StandardCharsets.UTF_8));
    }

    private InfileStream<WordsRecord> file(List<WordsRecord> rows) {
        var mapping = new TableMapping<>(words, () -> new WordsRecord(words), DSL.using(SQLDialect.MYSQL));
        var given = rows.stream().map(row -> WriteColumns.given(row, mapping)).toList();
        return new InfileStream<>(new InsertChunk<>(mapping, rows, given, false), mapping);
    }

    record Word(String text) {}

    /** A table of words, whose converter counts its calls and fails on request. */
    @SuppressWarnings("this-escape")
    static final class Words extends TableImpl<WordsRecord> {

        int converted;
        int failsAt = -1;
        final IllegalStateException failure = new IllegalStateException("no more");

        final TableField<WordsRecord, Integer> id =
                createField(DSL.name("id"), SQLDataType.INTEGER.nullable(false), this, "");
        final TableField<WordsRecord, Word> word = createField(
                DSL.name("word"),
                SQLDataType.CLOB,
                this,
                "",
                Converter.of(String.class, Word.class, Word::new, this::text));

        Words() {
            super(DSL.name("words"));
        }

        private String text(Word word) {
            if (converted++ == failsAt) {
                throw failure;
            }
            return word.text();
        }

        void make() {
            SHOP.database().dsl().execute("create table words (id int primary key, word longtext)");
        }

        WordsRecord row(int number, String text) {
            var row = new WordsRecord(this);
            row.set(id, number);
            row.set(word, new Word(text));
            return row;
        }

        @Override
        public UniqueKey<WordsRecord> getPrimaryKey() {
            return Internal.createUniqueKey(this, DSL.name("KEY_words_PRIMARY"), id);
        }

        @Override
        public Class<WordsRecord> getRecordType() {
            return WordsRecord.class;
        }
    }

    static final class WordsRecord extends KeyedRecord<WordsRecord> {
        WordsRecord(Words table) {
            super(table);
        }
    }

    static final class WordsRepository extends Repository<WordsRecord, Integer> {
        WordsRepository(Words table) {
            super(SHOP.database(), table, () -> new WordsRecord(table), table.id);
        }
    }
}
