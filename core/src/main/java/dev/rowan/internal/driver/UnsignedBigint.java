package dev.rowan.internal.driver;

import java.sql.SQLType;

/** Connector/J's own name of BIGINT UNSIGNED, which JDBC has none for; by its name, as in {@link ConnectorJ}. */
public final class UnsignedBigint {

    public static final SQLType TYPE = find();

    private UnsignedBigint() {}

    private static SQLType find() {
        try {
            return (SQLType) Class.forName("com.mysql.cj.MysqlType")
                    .getField("BIGINT_UNSIGNED")
                    .get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Rowan needs MySQL Connector/J 9, com.mysql:mysql-connector-j, on the class path.", e);
        }
    }
}
