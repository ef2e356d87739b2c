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
 * Carries {@link JSON}, or what a converter makes of it, to and from a column so that it compares as the server does it: MySQL the documents, MariaDB the
 * texts. By itself jOOQ has MariaDB write a document anew, which is then another text than the one that is kept.
 * Generated code names it. Thread-safe.
 */
public final class JsonBinding<T> extends AbstractBinding<JSON, T> {

    private final Converter<JSON, T> converter;

    /** Makes a binding of what the converter makes of JSON. */
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
