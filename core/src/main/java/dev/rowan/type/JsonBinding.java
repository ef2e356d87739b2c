package dev.rowan.type;

import java.sql.SQLException;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.JSON;
import org.jooq.SQLDialect;
import org.jooq.impl.AbstractBinding;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Binds a JSON column as {@link JSON}, or as a converter's type, so that it compares as on the server: MySQL compares
 * documents, MariaDB texts. On MariaDB, jOOQ's own binding reformats the document, which then differs from the stored
 * text. Generated code uses it. Thread-safe.
 */
public final class JsonBinding<T> extends AbstractBinding<JSON, T> {

    private final Converter<JSON, T> converter;

    /** Creates a binding of the converter's type. */
    public JsonBinding(Converter<JSON, T> converter) {
        this.converter = converter;
    }

    @Override
    public Converter<JSON, T> converter() {
        return converter;
    }

    @Override
    public void set(BindingSetStatementContext<T> context) throws SQLException {
        var json = converter.to(context.value());
        context.statement().setString(context.index(), json == null ? null : json.data());
    }

    @Override
    public void get(BindingGetResultSetContext<T> context) throws SQLException {
        context.value(converter.from(JSON.jsonOrNull(context.resultSet().getString(context.index()))));
    }

    @Override
    protected void sqlBind(BindingSQLContext<T> context) {
        var isText = context.family() == SQLDialect.MARIADB;
        context.render().sql(isText ? context.variable() : "cast(" + context.variable() + " as json)");
    }

    @Override
    protected void sqlInline(BindingSQLContext<T> context) {
        var text = DSL.inline(converter.to(context.value()).data());
        context.render().visit(context.family() == SQLDialect.MARIADB ? text : DSL.cast(text, SQLDataType.JSON));
    }
}
