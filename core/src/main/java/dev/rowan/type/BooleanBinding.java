package dev.rowan.type;

import dev.rowan.internal.util.BooleanNumbers;
import java.sql.SQLException;
import java.sql.Types;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.Converters;
import org.jooq.impl.AbstractBinding;

/**
 * Binds {@code TINYINT(1)} as a {@link Boolean}. A number other than 0 and 1 is an error: the driver would read it as
 * true, and no condition would find it. Generated code uses it. Thread-safe.
 */
public final class BooleanBinding extends AbstractBinding<Boolean, Boolean> {

    /** Creates a binding. */
    public BooleanBinding() {}

    @Override
    public Converter<Boolean, Boolean> converter() {
        return Converters.identity(Boolean.class);
    }

    @Override
    public void set(BindingSetStatementContext<Boolean> context) throws SQLException {
        var value = context.value();
        if (value == null) {
            context.statement().setNull(context.index(), Types.BOOLEAN);
        } else {
            context.statement().setBoolean(context.index(), value);
        }
    }

    @Override
    public void get(BindingGetResultSetContext<Boolean> context) throws SQLException {
        context.value(BooleanNumbers.read(context.resultSet(), context.index()));
    }

    @Override
    protected void sqlInline(BindingSQLContext<Boolean> context) {
        context.render().sql(context.value().toString());
    }
}
