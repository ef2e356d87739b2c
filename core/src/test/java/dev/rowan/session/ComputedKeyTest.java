package dev.rowan.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.Repository;
import dev.rowan.Session;
import dev.rowan.record.KeyedRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.List;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records whose primary key the database computes by an expression: Rowan does not learn it. */
class ComputedKeyTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final Units UNITS = new Units();

    private final Database database = SHOP.database();
    private final Repo units = new Repo(database);

    @BeforeAll
    static void createTable() {
        SHOP.database()
                .dsl()
                .execute("create table units (code char(36) default (uuid()) primary key, name varchar(20))");
    }

    @BeforeEach
    void empty() {
        units.all().delete();
    }

    @Test
    void aChangeAfterTheFlushIsRefused() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> database.transaction(session -> {
                    var unit = session.add(unit("x"));
                    session.flush();
                    unit.set(UNITS.name, "yy");
                }));

        assertEquals(
                "This record of units does not hold the key of its row: it was read without it, or the database computed"
                        + " it. Read the row with its key; before an insert, set the key.",
                error.getMessage());
        assertEquals(0, units.all().count());
    }

    @Test
    void aChangeAfterAnInsertIsRefused() {
        for (var among : List.of(1, 3)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> database.transaction(session -> {
                        var rows = List.of(unit("a"), unit("b"), unit("c")).subList(0, among);
                        new Repo(session).insertAll(rows);
                        rows.getLast().set(UNITS.name, "yy");
                    }));
        }
        assertEquals(0, units.all().count());
    }

    @Test
    void aRowThatStaysAsItWasInsertedIsCommitted() {
        database.transaction(session -> {
            session.add(unit("x"));
            new Repo(session).insert(unit("y"));
        });

        assertEquals(List.of("x", "y"), units.all().orderBy(UNITS.name).list(unit -> unit.get(UNITS.name)));
    }

    @Test
    void aRolledBackPartIsForgotten() {
        database.transaction(session -> {
            var unit = unit("x");
            assertThrows(
                    IllegalStateException.class,
                    () -> session.nested(part -> {
                        part.add(unit);
                        part.flush();
                        throw new IllegalStateException();
                    }));
            unit.set(UNITS.name, "yy");
            session.add(unit);
        });

        assertEquals("yy", units.all().one().get(UNITS.name));
    }

    @Test
    void aRecordWithItsKeyIsWritten() {
        database.transaction(session -> {
            var unit = unit("x");
            unit.set(UNITS.code, "one");
            session.add(unit);
            session.flush();
            unit.set(UNITS.name, "yy");
        });

        assertEquals("yy", units.get("one").get(UNITS.name));
        assertTrue(units.exists("one"));
    }

    private static Unit unit(String name) {
        var unit = new Unit();
        unit.set(UNITS.name, name);
        return unit;
    }

    static final class Repo extends Repository<Unit, String> {
        public Repo(Database database) {
            super(database, UNITS, Unit::new, UNITS.code);
        }

        public Repo(Session session) {
            super(session, UNITS, Unit::new, UNITS.code);
        }
    }

    @SuppressWarnings("this-escape")
    static final class Units extends TableImpl<Unit> {
        final TableField<Unit, String> code = createField(
                DSL.name("code"),
                SQLDataType.CHAR(36).nullable(false).defaultValue(DSL.field("uuid()", String.class)),
                this,
                "");
        final TableField<Unit, String> name = createField(DSL.name("name"), SQLDataType.VARCHAR(20), this, "");

        Units() {
            super(DSL.name("units"));
        }

        @Override
        public UniqueKey<Unit> getPrimaryKey() {
            return Internal.createUniqueKey(this, DSL.name("KEY_units_PRIMARY"), code);
        }

        @Override
        public Class<Unit> getRecordType() {
            return Unit.class;
        }
    }

    static final class Unit extends KeyedRecord<Unit> {
        Unit() {
            super(UNITS);
        }
    }
}
