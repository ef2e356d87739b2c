package dev.rowan.type;

import dev.rowan.internal.driver.UnsignedBigint;
import java.sql.SQLException;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.Converters;
import org.jooq.impl.AbstractBinding;
import org.jooq.types.ULong;

/**
 * Binds {@code BIT(2)} to {@code BIT(64)} as a {@link ULong}, the number that the bits represent: it compares and sorts
 * as on the server. Generated code uses it. Thread-safe.
 */
public final class BitsBinding extends AbstractBinding<ULong, ULong> {

    /** Creates a binding. */
    public BitsBinding() {}

    @Override
    public Converter<ULong, ULong> converter() {
        return Converters.identity(ULong.class);
    }

    @Override
    public void set(BindingSetStatementContext<ULong> context) throws SQLException {
        var bits = context.value();
        var number = bits == null ? null : bits.toBigInteger();
        context.statement().setObject(context.index(), number, UnsignedBigint.TYPE);
    }

    @Override
    public void get(BindingGetResultSetContext<ULong> context) throws SQLException {
        var bits = context.resultSet().getBigDecimal(context.index());
        context.value(bits == null ? null : ULong.valueOf(bits.toBigInteger()));
    }

    @Override
    protected void sqlInline(BindingSQLContext<ULong> context) {
        context.render().sql(context.value().toString());
    }
}
