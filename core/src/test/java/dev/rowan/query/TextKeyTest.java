package dev.rowan.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.rowan.Database;
import dev.rowan.Repository;
import dev.rowan.Session;
import dev.rowan.record.KeyedRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.ArrayList;
import java.util.List;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A table with a text key, whose values the collation compares, not Java. */
public class TextKeyTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    @BeforeAll
    static void countries() {
        SHOP.database()
                .dsl()
                .execute("create table countries (code varchar(10) primary key, name varchar(50))"
                        + " character set utf8mb4 collate utf8mb4_general_ci");
        for (var code : List.of("de", "é", "fr", "zz")) {
            new CountriesRepository(SHOP.database()).insert(c -> c.setCode(code));
        }
    }

    @Test
    void findAllMatchesAndOrdersAsTheDatabaseDoes() {
        var found = new CountriesRepository(SHOP.database()).findAll(List.of("FR", "E", "xx", "fr", "de"));

        assertEquals(
                List.of("fr", "é", "de"),
                found.stream().map(CountriesRecord::getCode).toList());
    }

    @Test
    void findAllOfManyKeysReturnsARowOnceThoughSeveralKeysMeanIt() {
        var keys = new ArrayList<>(List.of("ZZ"));
        for (int i = 0; i < 300; i++) {
            keys.add("none " + i);
        }
        keys.addAll(List.of("zz", "DE"));

        var found = new CountriesRepository(SHOP.database()).findAll(keys);
        assertEquals(
                List.of("zz", "de"),
                found.stream().map(CountriesRecord::getCode).toList());
    }

    @Test
    void aSessionHasOneRecordOfARowHoweverItsKeyIsSpelled() {
        var before = SHOP.database().statistics().statements();
        SHOP.database().transaction(session -> {
            var countries = new CountriesRepository(session);
            var record = countries.get("fr").setName("France");
            assertSame(record, countries.get("FR  "));
            countries.update("Fr", c -> c.set(Countries.COUNTRIES.name, DSL.concat(Countries.COUNTRIES.name, "!")));
            assertSame(record, countries.findAll(List.of("FR")).getFirst());
            assertEquals("France!", record.get(Countries.COUNTRIES.name));
            countries.delete("FR");
            session.add(new CountriesRecord().setCode("FR"));
        });
        assertEquals(2 + 2 + 2 + 1 + 1 + 1, SHOP.database().statistics().statements() - before);
        assertEquals("FR", new CountriesRepository(SHOP.database()).get("fr").getCode());
        new CountriesRepository(SHOP.database()).update("FR", c -> c.setCode("fr"));
    }

    public static final class CountriesRepository extends Repository<CountriesRecord, String> {
        public CountriesRepository(Database database) {
            super(database, Countries.COUNTRIES, CountriesRecord::new, Countries.COUNTRIES.code);
        }

        public CountriesRepository(Session session) {
            super(session, Countries.COUNTRIES, CountriesRecord::new, Countries.COUNTRIES.code);
        }
    }

    @SuppressWarnings("this-escape")
    public static final class Countries extends TableImpl<CountriesRecord> {
        static final Countries COUNTRIES = new Countries();

        final TableField<CountriesRecord, String> code =
                createField(DSL.name("code"), SQLDataType.VARCHAR(10).nullable(false), this, "");
        final TableField<CountriesRecord, String> name =
                createField(DSL.name("name"), SQLDataType.VARCHAR(50), this, "");

        Countries() {
            super(DSL.name("countries"));
        }

        @Override
        public UniqueKey<CountriesRecord> getPrimaryKey() {
            return Internal.createUniqueKey(this, DSL.name("KEY_countries_PRIMARY"), code);
        }

        @Override
        public Class<CountriesRecord> getRecordType() {
            return CountriesRecord.class;
        }
    }

    public static final class CountriesRecord extends KeyedRecord<CountriesRecord> {
        CountriesRecord() {
            super(Countries.COUNTRIES);
        }

        CountriesRecord setCode(String code) {
            set(0, code);
            return this;
        }

        CountriesRecord setName(String name) {
            set(1, name);
            return this;
        }

        public String getCode() {
            return (String) get(0);
        }
    }
}
