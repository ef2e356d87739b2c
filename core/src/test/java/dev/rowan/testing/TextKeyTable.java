package dev.rowan.testing;

import dev.rowan.Database;
import dev.rowan.Repository;
import dev.rowan.Session;
import dev.rowan.record.KeyedRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jspecify.annotations.Nullable;

/**
 * A table whose keys are words in one text type and collation. {@link #create} asks the server which of the words are
 * equal in that collation; the tests compare Rowan with its answers. Words are given by their index in {@link #WORDS}.
 */
@SuppressWarnings("this-escape")
public final class TextKeyTable extends TableImpl<TextKeyTable.Word> {

    /** Words that some collations treat as equal, or sort in another order than Java. */
    public static final List<String> WORDS = words();

    private final String type;

    public final TableField<Word, String> word =
            createField(DSL.name("word"), SQLDataType.VARCHAR(255).nullable(false), this, "");
    public final TableField<Word, String> alias = createField(DSL.name("alias"), SQLDataType.VARCHAR(255), this, "");
    public final TableField<Word, String> label = createField(DSL.name("label"), SQLDataType.VARCHAR(2000), this, "");
    public final TableField<Word, Integer> n = createField(DSL.name("n"), SQLDataType.INTEGER, this, "");

    /** For each word, the first word that has the same key. */
    private final List<Integer> firstEqual = new ArrayList<>();

    /** For each word, the stored words that a comparison with it finds. */
    private final List<List<Integer>> matches = new ArrayList<>();

    /** Describes the table; {@link #create} creates it. */
    public TextKeyTable(String type, String collation) {
        super(DSL.name("words_" + type + "_" + collation));
        this.type = type + "(255) collate " + collation;
    }

    private static List<String> words() {
        var words = new ArrayList<>(List.of("a", "A", "á", "Á", "å", "Å", "\u212B", "A\u030A"));
        words.addAll(List.of("e", "E", "é", "É", "e\u0301", "E\u0301", "\u00EA", "ef", "éf"));
        words.addAll(List.of("ss", "SS", "ß", "\u1E9E", "sS", "s", "strasse", "straße", "STRASSE"));
        words.addAll(
                List.of("a ", "a  ", " a", "  ", "", " ", "a\t", "a\0", "\0", "\0a", "a\u200B", "\u200B", "\u00AD"));
        words.addAll(List.of("\uD83D\uDE00", "\uD83C\uDF63", "\uD83D\uDC4D", "\uD83D\uDC4D\uD83C\uDFFD"));
        words.addAll(List.of("\uD83D\uDC69\u200D\uD83D\uDCBB", "\uD83D\uDC69", "a\uD83D\uDE00"));
        words.addAll(List.of("i", "I", "\u0130", "\u0131", "σ", "ς", "Σ", "ａ", "Ａ", "ｱ", "ア", "！", "!", "％", "%"));
        words.addAll(List.of(
                "＿", "_", "100%", "100!", "a_b", "a'b", "a\\b", "\\", "1", "١", "²", "2", "ﬁ", "fi", "æ", "ae"));
        for (var last : List.of("", "a", "A", "b", "á")) {
            words.add("long ".repeat(50) + last);
        }
        return List.copyOf(words);
    }

    /** Creates the table in the database, and asks the server which words are equal. */
    public void create(Database database) {
        var dsl = database.dsl();
        dsl.execute(
                "create table {0} (word " + type + " primary key, alias " + type + " unique, label "
                        + type.replaceFirst(".*\\)", "varchar(2000)") + ", n int)",
                this);
        dsl.execute("create table probe (word " + type + " primary key, i int)");
        database.transaction(session -> {
            for (int i = 0; i < WORDS.size(); i++) {
                firstEqual.add(insert(i, session.dsl()));
            }
        });
        for (int i = 0; i < WORDS.size(); i++) {
            matches.add(dsl.resultQuery("select i from probe where word = " + literal(i))
                    .fetchInto(Integer.class));
        }
        dsl.execute("drop table probe");
    }

    /**
     * Inserts a word into the table of the server's answers, and returns the word that has its key: itself if it is
     * new.
     */
    private static int insert(int i, DSLContext dsl) {
        dsl.fetch("select last_insert_id(" + i + ")");
        dsl.execute("insert into probe values (" + literal(i) + ", " + i
                + ") on duplicate key update i = last_insert_id(i)");
        return ((Number) Objects.requireNonNull(dsl.fetchValue("select last_insert_id()"))).intValue();
    }

    /** Returns a word as an SQL literal. */
    public static String literal(int i) {
        return literal(WORDS.get(i));
    }

    /** Returns a text as an SQL literal, in hexadecimal: it needs no escapes. */
    public static String literal(String text) {
        return "_utf8mb4 x'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
    }

    /** Returns the first word that has the same key as this one. */
    public int firstEqual(int i) {
        return firstEqual.get(i);
    }

    /** Returns the first word of each key. */
    public List<Integer> distinctWords() {
        return firstEqual.stream().distinct().toList();
    }

    /** Returns the last word that has the same key as this one. */
    public int lastEqual(int i) {
        return firstEqual.lastIndexOf(firstEqual(i));
    }

    /** Returns the word of {@link #distinctWords} that a comparison with this one finds; empty if there is none. */
    public List<Integer> matches(int i) {
        return matches.get(i);
    }

    /** Returns a new record. */
    public Word record(String word, @Nullable String alias, @Nullable String label, int n) {
        var record = new Word(this);
        record.set(this.word, word);
        record.set(this.alias, alias);
        record.set(this.label, label);
        record.set(this.n, n);
        return record;
    }

    /** Returns a new record that has the word in all text columns. */
    public Word record(int i) {
        return record(WORDS.get(i), WORDS.get(i), WORDS.get(i), i);
    }

    /** Returns the unique key of {@code alias}. */
    public UniqueKey<Word> aliasKey() {
        return Internal.createUniqueKey(this, DSL.name("KEY_" + getName() + "_alias"), alias);
    }

    @Override
    public UniqueKey<Word> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("KEY_" + getName() + "_PRIMARY"), word);
    }

    @Override
    public List<UniqueKey<Word>> getUniqueKeys() {
        return List.of(aliasKey());
    }

    @Override
    public Class<Word> getRecordType() {
        return Word.class;
    }

    @Override
    public String toString() {
        return type;
    }

    /** The repository of the table. */
    public static final class Repo extends Repository<Word, String> {
        public Repo(Database database, TextKeyTable words) {
            super(database, words, () -> new Word(words), words.word);
        }

        public Repo(Session session, TextKeyTable words) {
            super(session, words, () -> new Word(words), words.word);
        }

        /** Finds a row like the finders that are generated for unique keys. */
        public Optional<Word> findByUnique(UniqueKey<Word> key, String value) {
            return findBy(key, value);
        }
    }

    /** A row of the table. */
    public static final class Word extends KeyedRecord<Word> {

        private final TextKeyTable table;

        Word(TextKeyTable table) {
            super(table);
            this.table = table;
        }

        public String word() {
            return get(table.word);
        }

        public int n() {
            return get(table.n);
        }
    }
}
