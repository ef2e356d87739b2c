package dev.rowan.app;

import static dev.rowan.app.schema.Tables.USERS;

import dev.rowan.app.schema.tables.records.UsersRecord;
import java.util.Collection;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Users as rows under a heading, aligned, for people to read. */
final class UserTable {

    private static final Field<?>[] COLUMNS = {USERS.ID, USERS.NAME, USERS.AGE, USERS.EMAIL, USERS.STATUS, USERS.VERSION
    };

    private UserTable() {}

    /** Returns the lines of the table, each with its end. */
    static String of(Collection<UsersRecord> users) {
        var rows = DSL.using(SQLDialect.MYSQL).newResult(COLUMNS);
        users.forEach(user -> rows.add(user.into(COLUMNS)));
        return rows.format();
    }
}
