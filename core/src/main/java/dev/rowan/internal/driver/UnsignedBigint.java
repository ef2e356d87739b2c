package dev.rowan.internal.driver;

import java.sql.SQLType;

/** Connector/J's type of BIGINT UNSIGNED, which JDBC does not have. */
public final class UnsignedBigint {

    public static final SQLType TYPE = find();

    private UnsignedBigint() {}

    private static SQLType find() {
        try {
            return (SQLType) ConnectorJ.type("com.mysql.cj.MysqlType")
                    .getField("BIGINT_UNSIGNED")
                    .get(null);
        } catch (ReflectiveOperationException e) {
            throw ConnectorJ.missing(e);
        }
    }
}
