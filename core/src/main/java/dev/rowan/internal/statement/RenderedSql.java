package dev.rowan.internal.statement;

import dev.rowan.internal.codec.BindValues;
import org.jooq.Query;

/** The SQL of a rendered jOOQ query, and its bind values. */
public record RenderedSql(String sql, BindValues binds) {

    /** Renders a query. */
    public static RenderedSql of(Query query) {
        var binds = new BindValues();
        for (var param : query.getParams().values()) {
            if (!param.isInline()) {
                binds.add(param);
            }
        }
        return new RenderedSql(query.getSQL(), binds);
    }
}
