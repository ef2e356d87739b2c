package dev.rowan.app;

import static dev.rowan.app.schema.Tables.USERS;

import dev.rowan.app.schema.tables.records.UsersRecord;
import java.util.Collection;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Formats users as a text table with a heading and aligned columns. */
final class UserTableFormatter {

    private static final Field<?>[] COLUMNS = {USERS.ID, USERS.NAME, USERS.AGE, USERS.EMAIL, USERS.STATUS, USERS.VERSION
    };

    private UserTableFormatter() {}

    /** Returns the lines of the table, each with its line terminator. */
    static String format(Collection<UsersRecord> users) {
        var rows = DSL.using(SQLDialect.MYSQL).newResult(COLUMNS);
        users.forEach(user -> rows.add(user.into(COLUMNS)));
        return rows.format();
    }
}
