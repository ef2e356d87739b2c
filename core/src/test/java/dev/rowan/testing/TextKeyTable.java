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
 * A table whose keys are text of one type and collation, and what the server says of the words that may stand in it.
 */
@SuppressWarnings("this-escape")
public final class TextKeyTable extends TableImpl<TextKeyTable.Word> {

    /** Words that some collation takes for the same, or puts elsewhere than Java does. */
    public static final List<String> CORPUS = corpus();

    private final String type;

    public final TableField<Word, String> word =
            createField(DSL.name("word"), SQLDataType.VARCHAR(255).nullable(false), this, "");
    public final TableField<Word, String> alias = createField(DSL.name("alias"), SQLDataType.VARCHAR(255), this, "");
    public final TableField<Word, String> label = createField(DSL.name("label"), SQLDataType.VARCHAR(2000), this, "");
    public final TableField<Word, Integer> n = createField(DSL.name("n"), SQLDataType.INTEGER, this, "");

    /** For each word, the first that is the same when both are stored. */
    private final List<Integer> first = new ArrayList<>();

    /** For each word, those that a comparison with it finds when they are stored. */
    private final List<List<Integer>> found = new ArrayList<>();

    public TextKeyTable(String type, String collation) {
        super(DSL.name("words_" + type + "_" + collation));
        this.type = type + "(255) collate " + collation;
    }

    private static List<String> corpus() {
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

    /** Makes the table, and asks the server about the words. */
    public void create(Database database) {
        var dsl = database.dsl();
        dsl.execute(
                "create table {0} (word " + type + " primary key, alias " + type + " unique, label "
                        + type.replaceFirst(".*\\)", "varchar(2000)") + ", n int)",
                this);
        dsl.execute("create table asked (word " + type + " primary key, i int)");
        database.transaction(session -> {
            for (int i = 0; i < CORPUS.size(); i++) {
                first.add(ask(i, session.dsl()));
            }
        });
        for (int i = 0; i < CORPUS.size(); i++) {
            found.add(dsl.resultQuery("select i from asked where word = " + literal(i))
                    .fetchInto(Integer.class));
        }
        dsl.execute("drop table asked");
    }

    /** Returns the word that the key of the table takes for the same as this one, itself if it is the first. */
    private static int ask(int i, DSLContext dsl) {
        dsl.fetch("select last_insert_id(" + i + ")");
        dsl.execute("insert into asked values (" + literal(i) + ", " + i
                + ") on duplicate key update i = last_insert_id(i)");
        return ((Number) Objects.requireNonNull(dsl.fetchValue("select last_insert_id()"))).intValue();
    }

    /** Returns a word as SQL. */
    public static String literal(int i) {
        return literal(CORPUS.get(i));
    }

    /** Returns a text as SQL that needs no escape. */
    public static String literal(String text) {
        return "_utf8mb4 x'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
    }

    /** Returns the first of the words that are the same as this one when stored. */
    public int first(int i) {
        return first.get(i);
    }

    /** Returns those words that are the first of their likes. */
    public List<Integer> firsts() {
        return first.stream().distinct().toList();
    }

    /** Returns the last of the words that are the same as this one when stored. */
    public int last(int i) {
        return first.lastIndexOf(first(i));
    }

    /** Returns the word among the firsts that a comparison with this one finds, if there is one. */
    public List<Integer> found(int i) {
        return found.get(i);
    }

    public Word record(String word, @Nullable String alias, @Nullable String label, int n) {
        var record = new Word(this);
        record.set(this.word, word);
        record.set(this.alias, alias);
        record.set(this.label, label);
        record.set(this.n, n);
        return record;
    }

    /** Returns a record of a word of the corpus, in all columns. */
    public Word record(int i) {
        return record(CORPUS.get(i), CORPUS.get(i), CORPUS.get(i), i);
    }

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

    public static final class Repo extends Repository<Word, String> {
        public Repo(Database database, TextKeyTable words) {
            super(database, words, () -> new Word(words), words.word);
        }

        public Repo(Session session, TextKeyTable words) {
            super(session, words, () -> new Word(words), words.word);
        }

        /** Finds a row as a generated finder of a unique key does. */
        public Optional<Word> findByUnique(UniqueKey<Word> key, String value) {
            return findBy(key, value);
        }
    }

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
