package dev.rowan;

import org.jooq.Query;

/** A rendered statement. */
record Text(String sql, Binds binds) {

    static Text of(Query query) {
        var binds = new Binds();
        for (var param : query.getParams().values()) {
            if (!param.isInline()) {
                binds.add(param);
            }
        }
        return new Text(query.getSQL(), binds);
    }
}
