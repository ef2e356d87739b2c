package dev.rowan.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Repository;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.UpsertCounts;
import dev.rowan.result.UpsertResult.Outcome;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.type.UuidConverter;
import java.util.List;
import java.util.UUID;
import org.jooq.DataType;
import org.jooq.Identity;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jooq.types.ULong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Upserts on tables whose primary key is not a number in the range of long. */
class UpsertKeysTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    @Test
    void anUnsignedIdIsReturnedForNewAndExistingRows() {
        var numbered = new Articles<>("numbered", "bigint unsigned auto_increment", SQLDataType.BIGINTUNSIGNED);
        var articles = numbered.make();

        var pen = articles.upsert(numbered.article("pen", 1)).on(numbered.code());
        assertEquals(Outcome.INSERTED, pen.outcome());
        assertEquals("pen", articles.get(pen.record().id()).code());
        var again = articles.upsert(numbered.article("pen", 2)).on(numbered.code());
        assertEquals(Outcome.UPDATED, again.outcome());
        assertEquals(pen.record().id(), again.record().id());
    }

    @Test
    void anUnsignedIdAboveTheSignedRangeIsReturnedToo() {
        var high = new Articles<>("high", "bigint unsigned auto_increment", SQLDataType.BIGINTUNSIGNED);
        var articles = high.make();
        var large = ULong.valueOf("18446744073709551000");

        articles.insert(high.article(large, "pen", 1));
        assertEquals(
                large,
                articles.upsert(high.article("pen", 2)).on(high.code()).record().id());
        var next = articles.upsert(high.article("ink", 1)).on(high.code());
        assertEquals(Outcome.INSERTED, next.outcome());
        assertTrue(next.record().id().compareTo(large) > 0);
        assertEquals("ink", articles.get(next.record().id()).code());
    }

    @Test
    void aTextKeyIsReturnedAsTheRowStoresIt() {
        var named = new Articles<>("named", "varchar(20)", SQLDataType.VARCHAR(20));
        var articles = named.make();

        var pen = articles.upsert(named.article("Pen", "p", 1)).on(named.getPrimaryKey());
        assertEquals(Outcome.INSERTED, pen.outcome());
        assertEquals("Pen", pen.record().id());
        var byId = articles.upsert(named.article("PEN", "p", 2)).on(named.getPrimaryKey());
        assertEquals(Outcome.UPDATED, byId.outcome());
        assertEquals("Pen", byId.record().id());
        var byCode = articles.upsert(named.article("ink", "P", 2)).on(named.code());
        assertEquals(Outcome.UNCHANGED, byCode.outcome());
        assertEquals("Pen", byCode.record().id());
        assertEquals("Pen", articles.all().one().id());
    }

    @Test
    void aGivenUuidIsUsedForANewRowOnly() {
        var known =
                new Articles<>("known", "binary(16)", SQLDataType.BINARY(16).asConvertedDataType(new UuidConverter()));
        var articles = known.make();
        var first = UUID.randomUUID();

        var pen = articles.upsert(known.article(first, "pen", 1)).on(known.code());
        assertEquals(Outcome.INSERTED, pen.outcome());
        assertEquals(first, pen.record().id());
        var again = articles.upsert(known.article(UUID.randomUUID(), "pen", 2)).on(known.code());
        assertEquals(Outcome.UPDATED, again.outcome());
        assertEquals(first, again.record().id());
        assertEquals(
                Outcome.UNCHANGED,
                articles.upsert(known.article(first, "pen", 2))
                        .on(known.getPrimaryKey())
                        .outcome());
        assertEquals(2, articles.get(first).stock());
    }

    @Test
    void upsertAllSetsUnsignedIdsAboveTheSignedRange() {
        var high = new Articles<>("many_high", "bigint unsigned auto_increment", SQLDataType.BIGINTUNSIGNED);
        var articles = high.make();
        var large = ULong.valueOf("18446744073709551000");
        articles.insert(high.article(large, "pen", 1));
        var records = List.of(high.article("pen", 1), high.article("ink", 1), high.article("cap", 1));

        assertEquals(new UpsertCounts(2, 0, 1), articles.upsertAll(records).on(high.code()));
        assertEquals(large, records.getFirst().id());
        for (var record : records) {
            assertEquals(record.code(), articles.get(record.id()).code());
        }
    }

    @Test
    void upsertAllTakesKeysOfAnyType() {
        var numbered = new Articles<>("many_numbered", "bigint unsigned auto_increment", SQLDataType.BIGINTUNSIGNED);
        var named = new Articles<>("many_named", "varchar(20)", SQLDataType.VARCHAR(20));
        var known = new Articles<>(
                "many_known", "binary(16)", SQLDataType.BINARY(16).asConvertedDataType(new UuidConverter()));
        var first = known.article(UUID.randomUUID(), "code 0", 1);

        assertSecondOfTwoStays(numbered, List.of(numbered.article("code 0", 1)), numbered.article("CODE 0", 2));
        assertSecondOfTwoStays(named, List.of(named.article("pen", "code 0", 1)), named.article("ink", "CODE 0", 2));
        assertSecondOfTwoStays(known, List.of(first), known.article(UUID.randomUUID(), "CODE 0", 2));
    }

    private static <K> void assertSecondOfTwoStays(Articles<K> table, List<Article<K>> first, Article<K> second) {
        var articles = table.make();
        articles.upsertAll(first).on(table.code());
        var id = articles.all().one().id();

        assertEquals(
                new UpsertCounts(0, 1, 0), articles.upsertAll(List.of(second)).on(table.code()));
        assertEquals(id, articles.all().one().id());
        assertEquals(id, second.id());
        second.set(table.stock, 3);
        articles.update(second);
        assertEquals(3, articles.get(id).stock());
        second.set(table.stock, 2);
        articles.update(second);
        assertEquals(2, articles.all().one().stock());
    }

    static final class Repo<K> extends Repository<Article<K>, K> {
        public Repo(Articles<K> table) {
            super(SHOP.database(), table, () -> new Article<>(table), table.id);
        }
    }

    /** A table of articles, by an id of any type and by a code. */
    @SuppressWarnings("this-escape")
    static final class Articles<K> extends TableImpl<Article<K>> {

        private final String idType;
        private final boolean numbered;
        final TableField<Article<K>, K> id;
        final TableField<Article<K>, String> code =
                createField(DSL.name("code"), SQLDataType.VARCHAR(20).nullable(false), this, "");
        final TableField<Article<K>, Integer> stock = createField(DSL.name("stock"), SQLDataType.INTEGER, this, "");

        Articles(String name, String idType, DataType<K> id) {
            super(DSL.name(name));
            this.idType = idType;
            this.numbered = idType.endsWith("auto_increment");
            this.id = createField(DSL.name("id"), id.nullable(false), this, "");
        }

        Repo<K> make() {
            SHOP.database()
                    .dsl()
                    .execute("create table " + getName() + " (code varchar(20) not null" + ", stock int, id " + idType
                            + " primary key, unique key uk_code (code))");
            return new Repo<>(this);
        }

        Article<K> article(String code, int stock) {
            var article = new Article<>(this);
            article.set(this.code, code);
            article.set(this.stock, stock);
            return article;
        }

        Article<K> article(K id, String code, int stock) {
            var article = article(code, stock);
            article.set(this.id, id);
            return article;
        }

        UniqueKey<Article<K>> code() {
            return Internal.createUniqueKey(this, DSL.name("KEY_" + getName() + "_uk_code"), code);
        }

        @Override
        public UniqueKey<Article<K>> getPrimaryKey() {
            return Internal.createUniqueKey(this, DSL.name("KEY_" + getName() + "_PRIMARY"), id);
        }

        @Override
        public @Nullable Identity<Article<K>, ?> getIdentity() {
            return numbered ? Internal.createIdentity(this, id) : null;
        }

        @Override
        @SuppressWarnings("unchecked") // a class literal has no type arguments
        public Class<Article<K>> getRecordType() {
            return (Class<Article<K>>) (Class<?>) Article.class;
        }
    }

    static final class Article<K> extends KeyedRecord<Article<K>> {

        private final Articles<K> table;

        Article(Articles<K> table) {
            super(table);
            this.table = table;
        }

        K id() {
            return get(table.id);
        }

        String code() {
            return get(table.code);
        }

        int stock() {
            return get(table.stock);
        }
    }
}
