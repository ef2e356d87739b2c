package dev.rowan.internal.codec;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Internals;
import dev.rowan.internal.load.LoadDataSql;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.testing.ShopDatabase;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jooq.Binding;
import org.jooq.Converter;
import org.jooq.DataType;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A column's own {@code Binding} writes its values in SQL, sets and reads them. */
class UserBindingTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    /** Stores text between angle brackets, added in SQL, and null as the text "none". */
    private static final DataType<String> BRACKETED = SQLDataType.VARCHAR.asConvertedDataType(Binding.of(
            Converter.of(String.class, String.class, text -> text, text -> text),
            sql -> sql.render().sql("concat('<', ?, '>')"),
            get -> {
                try {
                    var text = get.resultSet().getString(get.index());
                    get.value(text.equals("<none>") ? null : text.substring(1, text.length() - 1));
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            },
            set -> {
                try {
                    set.statement().setString(set.index(), set.value() == null ? "none" : set.value());
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }));

    /** The same binding with a converter. */
    private static final DataType<Integer> NUMBERED = BRACKETED.asConvertedDataType(
            Converter.ofNullable(String.class, Integer.class, Integer::valueOf, String::valueOf));

    @Test
    void aConditionUsesTheBinding() {
        SHOP.user("<Ann>", 31);
        var name = DSL.field(USERS.NAME.getQualifiedName(), BRACKETED);

        assertEquals(1, SHOP.users().where(name.eq("Ann")).count());
        assertEquals(0, SHOP.users().where(name.eq("<Ann>")).count());
    }

    @Test
    void cachedSqlIsNotSharedWithValuesOfAnotherBinding() {
        SHOP.user("<Ann>", 31);

        assertEquals(1, SHOP.users().where(USERS.NAME.eq("<Ann>")).count());
        assertEquals(
                1, SHOP.users().where(USERS.NAME.eq(DSL.val("Ann", BRACKETED))).count());
    }

    @Test
    void theBindingSetsAndReadsValuesAndNulls() {
        assertEquals(Arrays.asList("Ann", null), roundTrip(BRACKETED, "Ann", null));
        assertEquals(Arrays.asList(7, null), roundTrip(NUMBERED, 7, null));
    }

    @Test
    void aConverterFromATypeToTheSameTypeIsUsed() {
        var reversed = SQLDataType.VARCHAR.asConvertedDataType(
                Converter.ofNullable(String.class, String.class, UserBindingTest::reversed, UserBindingTest::reversed));
        var name = DSL.field(USERS.NAME.getQualifiedName(), reversed);
        SHOP.user("Ann", 31);

        assertEquals(Arrays.asList(">Ann<", null), roundTrip(reversed, "Ann", null));
        assertEquals(1, SHOP.users().where(name.eq("nnA")).count());
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    @Test
    void aLoadInsertsRowsWithABinding() {
        assertFalse(LoadDataSql.supports(DSL.field("name", BRACKETED)));
        assertFalse(LoadDataSql.supports(DSL.field("name", NUMBERED)));
        assertTrue(LoadDataSql.supports(USERS.NAME));
    }

    @Test
    void jooqsAndRowansBindingsUseTheDriversTypedMethods() {
        assertTrue(UserBinding.has(BRACKETED));
        assertTrue(UserBinding.has(NUMBERED));
        for (var field : USERS.fields()) {
            assertFalse(UserBinding.has(field.getDataType()), field.getName());
        }
    }

    private static <T> List<?> roundTrip(DataType<T> type, Object one, @Nullable Object other) {
        var value = DSL.val(null, type);
        var codec = Codec.of(type);
        var binds = new BindValues().add(codec, one).add(codec, other);
        var text = "select concat('<', ?, '>'), concat('<', ?, '>')";
        return Internals.executor(SHOP.database()).run(SqlCommand.value(USERS, text, binds, rows -> {
            return Arrays.asList(codec.read(value, rows, 1), codec.read(value, rows, 2));
        }));
    }
}
