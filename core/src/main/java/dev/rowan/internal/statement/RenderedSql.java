package dev.rowan.internal.statement;

import dev.rowan.internal.codec.BindValues;
import org.jooq.Query;

/** A rendered statement. */
public record RenderedSql(String sql, BindValues binds) {

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
