package dev.rowan.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.Database;
import dev.rowan.Repository;
import dev.rowan.Session;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.OtherFailure;
import dev.rowan.record.KeyedRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Identity;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A VECTOR is an array of numbers. MariaDB 11.4 has no such type. */
class VectorTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final float[] VECTOR = {1, -2.5f, Float.MIN_VALUE};

    private final PlaceRepository places = new PlaceRepository(SHOP.database());

    @BeforeAll
    static void createTable() {
        var version = String.valueOf(SHOP.database().dsl().fetchValue("select version()"));
        assumeTrue(!version.contains("MariaDB"), version);
        SHOP.database().dsl().execute("""
                create table places (id int auto_increment primary key, code varchar(20) unique, spot vector(3))""");
    }

    @BeforeEach
    void deleteAll() {
        places.all().delete();
    }

    @Test
    void aVectorIsReadAsItWasWrittenByEveryCall() {
        var id = places.insertAndGet(place("one", VECTOR)).get(Places.PLACES.id);
        places.insertAll(List.of(place("two", VECTOR), place("none", null)));
        places.load(Stream.of(place("three", VECTOR)));
        var key = Places.PLACES.getUniqueKeys().getFirst();
        places.upsert(place("four", VECTOR)).on(key);
        places.upsertAll(List.of(place("five", VECTOR), place("six", VECTOR))).on(key);

        for (var place : List.of(
                places.get(id),
                places.findAll(List.of(id)).getFirst(),
                places.byCode("one").orElseThrow(),
                places.all().orderBy(Places.PLACES.id).first().orElseThrow())) {
            assertArrayEquals(VECTOR, place.get(Places.PLACES.spot));
        }
        assertNull(places.byCode("none").orElseThrow().get(Places.PLACES.spot));
        assertEquals(
                6,
                places.where(Places.PLACES.spot.eq(VECTOR)).select(Places.PLACES.spot).list().stream()
                        .filter(row -> row.value1().length == 3)
                        .count());
        SHOP.database().transaction(session -> {
            var place = places.in(session).get(id);
            place.set(Places.PLACES.spot, new float[] {3, 2, 1});
            session.flush();
            session.refresh(place);
            assertArrayEquals(new float[] {3, 2, 1}, place.get(Places.PLACES.spot));
        });
        places.update(id, place -> place.set(Places.PLACES.spot, VECTOR));
        assertArrayEquals(VECTOR, places.get(id).get(Places.PLACES.spot));
        var place = places.get(id);
        place.set(Places.PLACES.spot, new float[] {1, 2});
        places.updateAll(List.of(place));
        assertArrayEquals(new float[] {1, 2}, places.get(id).get(Places.PLACES.spot));
    }

    @Test
    void whatAVectorCannotHoldIsRefused() {
        for (var wrong : List.of(new float[] {Float.NaN}, new float[0], new float[4])) {
            assertThrows(InvalidValue.class, () -> places.insert(place("wrong", wrong)));
        }
    }

    @Test
    void dslSaysHowToReadAVector() {
        places.insert(place("dsl", VECTOR));

        var failure = assertThrows(
                OtherFailure.class,
                () -> SHOP.database().dsl().selectFrom(Places.PLACES).fetch());
        assertTrue(failure.getMessage().endsWith("or select cast(column as binary)."), failure.getMessage());
    }

    private static Place place(String code, float @Nullable [] spot) {
        var place = new Place();
        place.set(Places.PLACES.code, code);
        place.set(Places.PLACES.spot, spot);
        return place;
    }

    static final class PlaceRepository extends Repository<Place, Integer> {

        PlaceRepository(Database database) {
            super(database, Places.PLACES, Place::new, Places.PLACES.id);
        }

        private PlaceRepository(Session session) {
            super(session, Places.PLACES, Place::new, Places.PLACES.id);
        }

        PlaceRepository in(Session session) {
            return new PlaceRepository(session);
        }

        Optional<Place> byCode(String code) {
            return findBy(Places.PLACES.getUniqueKeys().getFirst(), code);
        }
    }

    @SuppressWarnings("this-escape")
    static final class Places extends TableImpl<Place> {

        static final Places PLACES = new Places();

        final TableField<Place, Integer> id = createField(
                DSL.name("id"), SQLDataType.INTEGER.nullable(false).generatedByDefaultAsIdentity(), this, "");
        final TableField<Place, String> code = createField(DSL.name("code"), SQLDataType.VARCHAR(20), this, "");
        final TableField<Place, float[]> spot =
                createField(DSL.name("spot"), SQLDataType.BLOB, this, "", new VectorConverter());

        private Places() {
            super(DSL.name("places"));
        }

        @Override
        public UniqueKey<Place> getPrimaryKey() {
            return Internal.createUniqueKey(this, DSL.name("KEY_places_PRIMARY"), id);
        }

        @Override
        public List<UniqueKey<Place>> getUniqueKeys() {
            return List.of(Internal.createUniqueKey(this, DSL.name("KEY_places_code"), code));
        }

        @Override
        public Identity<Place, ?> getIdentity() {
            return Internal.createIdentity(this, id);
        }

        @Override
        public Class<Place> getRecordType() {
            return Place.class;
        }
    }

    static final class Place extends KeyedRecord<Place> {

        Place() {
            super(Places.PLACES);
        }
    }
}
