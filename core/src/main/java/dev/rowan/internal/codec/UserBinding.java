package dev.rowan.internal.codec;

import dev.rowan.type.BitsBinding;
import dev.rowan.type.BooleanBinding;
import dev.rowan.type.DurationBinding;
import dev.rowan.type.JsonBinding;
import dev.rowan.type.LocalDateBinding;
import dev.rowan.type.LocalDateTimeBinding;
import java.io.Closeable;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Configuration;
import org.jooq.Converter;
import org.jooq.ConverterContext;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteScope;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultBinding;
import org.jspecify.annotations.Nullable;

/**
 * Binds and reads the values of a data type that has the user's own jOOQ {@code Binding}, with that binding's set and
 * get. The binding sees the dialect, but nothing else of jOOQ's configuration. Thread-safe if the binding is.
 */
public record UserBinding<U>(DataType<U> type, DSLContext dsl) {

    static <U> UserBinding<U> of(DataType<U> type) {
        return new UserBinding<>(type, DSL.using(SQLDialect.MYSQL));
    }

    /** Returns whether the type has a binding that is neither jOOQ's default nor Rowan's own. */
    public static boolean has(DataType<?> type) {
        var binding = type.getBinding();
        return !(binding instanceof LocalDateBinding
                        || binding instanceof LocalDateTimeBinding
                        || binding instanceof DurationBinding
                        || binding instanceof BitsBinding
                        || binding instanceof BooleanBinding
                        || binding instanceof JsonBinding<?>)
                && binding.getClass().getNestHost() != DefaultBinding.class;
    }

    @SuppressWarnings("unchecked") // the value has the type of the column, or is null
    void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        type.getBinding().set(new Setting<>(dsl, statement, index, (U) value));
    }

    @Nullable Object read(ResultSet rows, int index) throws SQLException {
        var read = new Read<U>();
        type.getBinding().get(new Reading<>(dsl, rows, index, DSL.field("value", type), read));
        return read.value;
    }

    private static final class Read<U> implements Consumer<U> {
        private @Nullable U value;

        @Override
        public void accept(U read) {
            value = read;
        }
    }

    /** The part of jOOQ that bindings see. */
    private abstract static class Scope implements ExecuteScope, ConverterContext {

        final DSLContext dsl;

        Scope(DSLContext dsl) {
            this.dsl = dsl;
        }

        @Override
        public final ConverterContext converterContext() {
            return this;
        }

        @Override
        public final @Nullable ExecuteContext executeContext() {
            return null;
        }

        @Override
        public final DSLContext dsl() {
            return dsl;
        }

        @Override
        public final Instant creationTime() {
            return dsl.creationTime();
        }

        @Override
        public final Configuration configuration() {
            return dsl.configuration();
        }

        @Override
        public final Settings settings() {
            return dsl.settings();
        }

        @Override
        public final SQLDialect dialect() {
            return dsl.dialect();
        }

        @Override
        public final SQLDialect family() {
            return dsl.family();
        }

        @Override
        public final Map<Object, Object> data() {
            return dsl.data();
        }

        @Override
        public final @Nullable Object data(Object key) {
            return dsl.data(key);
        }

        @Override
        public final @Nullable Object data(Object key, Object value) {
            return dsl.data(key, value);
        }
    }

    /** The context in which a binding reads one value. */
    private static final class Reading<U> extends Scope implements BindingGetResultSetContext<U> {

        private final ResultSet rows;
        private final int index;
        private final Field<U> field;
        private final Consumer<? super U> result;

        Reading(DSLContext dsl, ResultSet rows, int index, Field<U> field, Consumer<? super U> result) {
            super(dsl);
            this.rows = rows;
            this.index = index;
            this.field = field;
            this.result = result;
        }

        @Override
        public ResultSet resultSet() {
            return rows;
        }

        @Override
        public int index() {
            return index;
        }

        @Override
        public Field<U> field() {
            return field;
        }

        @Override
        public void value(U value) {
            result.accept(value);
        }

        @Override
        public <T> BindingGetResultSetContext<T> convert(Converter<? super T, ? extends U> converter) {
            return new Reading<>(dsl, rows, index, unchecked(field), value -> value(converter.from(value)));
        }

        @SuppressWarnings("unchecked") // only its name is used: jOOQ itself has no field here
        private static <T> Field<T> unchecked(Field<?> field) {
            return (Field<T>) field;
        }
    }

    /** The context in which a binding sets one value. */
    private static final class Setting<U> extends Scope implements BindingSetStatementContext<U> {

        private final PreparedStatement statement;
        private final int index;
        private final @Nullable U value;

        Setting(DSLContext dsl, PreparedStatement statement, int index, @Nullable U value) {
            super(dsl);
            this.statement = statement;
            this.index = index;
            this.value = value;
        }

        @Override
        public PreparedStatement statement() {
            return statement;
        }

        @Override
        public int index() {
            return index;
        }

        @Override
        public @Nullable U value() {
            return value;
        }

        @Override
        public <T> BindingSetStatementContext<T> convert(Converter<? extends T, ? super U> converter) {
            return new Setting<T>(dsl, statement, index, converter.to(value));
        }

        // what the driver creates is memory of this process, and needs no freeing

        @Override
        public Array autoFree(Array array) {
            return array;
        }

        @Override
        public Blob autoFree(Blob blob) {
            return blob;
        }

        @Override
        public Clob autoFree(Clob clob) {
            return clob;
        }

        @Override
        public SQLXML autoFree(SQLXML xml) {
            return xml;
        }

        @Override
        public <R extends Closeable> R autoClose(R closeable) {
            return closeable;
        }

        @Override
        public <R extends AutoCloseable> R autoClose(R closeable) {
            return closeable;
        }
    }
}
