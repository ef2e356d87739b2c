package dev.rowan.testing;

import dev.rowan.Database;
import dev.rowan.Repository;
import dev.rowan.internal.util.TimeLiterals;
import dev.rowan.record.KeyedRecord;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.type.LocalDateTimeBinding;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jooq.DataType;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;
import org.jspecify.annotations.Nullable;

/** A table with nullable columns of many types, and the values that tests store in each. */
@SuppressWarnings("this-escape")
public final class NullableTable extends TableImpl<NullableTable.Fact> {

    /**
     * A column.
     *
     * @param values the values to store, null among them
     * @param sql returns a value as an SQL literal
     */
    public record Column<T>(TableField<Fact, T> field, String type, List<@Nullable T> values, Function<T, String> sql) {

        /** Returns a value, or null, as an SQL literal. */
        public String literal(@Nullable T value) {
            return value == null ? "null" : sql.apply(value);
        }
    }

    public final TableField<Fact, Integer> id =
            createField(DSL.name("id"), SQLDataType.INTEGER.nullable(false), this, "");

    public final Column<Integer> whole =
            column("whole", "int", SQLDataType.INTEGER, String::valueOf, -2147483648, -1, 0, 1, 2, 3, 2147483647);
    public final Column<UInteger> counted = column(
            "counted",
            "int unsigned",
            SQLDataType.INTEGERUNSIGNED,
            String::valueOf,
            UInteger.valueOf(0),
            UInteger.valueOf(1),
            UInteger.valueOf(2147483648L),
            UInteger.MAX);
    public final List<Column<?>> columns = List.of(
            whole,
            counted,
            column(
                    "huge",
                    "bigint unsigned",
                    SQLDataType.BIGINTUNSIGNED,
                    String::valueOf,
                    ULong.valueOf(0),
                    ULong.valueOf(1),
                    ULong.valueOf("9223372036854775808"),
                    ULong.MAX),
            column(
                    "amount",
                    "decimal(10, 2)",
                    SQLDataType.DECIMAL(10, 2),
                    BigDecimal::toPlainString,
                    new BigDecimal("-99999999.99"),
                    new BigDecimal("0.00"),
                    new BigDecimal("0.10"),
                    new BigDecimal("1.00"),
                    new BigDecimal("99999999.99")),
            column("wide", "double", SQLDataType.DOUBLE, "%se0"::formatted, -1.5, 0.0, 0.25, 1.0, 1024.5),
            column(
                    "name",
                    "varchar(20) collate utf8mb4_0900_ai_ci",
                    SQLDataType.VARCHAR(20),
                    TextKeyTable::literal,
                    TextKeyTable.WORDS.subList(0, 35).toArray(String[]::new)),
            column(
                    "code",
                    "varchar(20) collate utf8mb4_bin",
                    SQLDataType.VARCHAR(20),
                    TextKeyTable::literal,
                    "",
                    "a",
                    "A",
                    "a ",
                    "a_b",
                    "a%",
                    "!",
                    "a\\",
                    "'"),
            column(
                    "at",
                    "datetime(6)",
                    SQLDataType.LOCALDATETIME(6).asConvertedDataType(new LocalDateTimeBinding()),
                    time -> "timestamp'" + TimeLiterals.of(time) + "'",
                    LocalDateTime.of(1000, 1, 1, 0, 0),
                    LocalDateTime.of(2024, 3, 31, 2, 30),
                    LocalDateTime.of(2024, 3, 31, 2, 30, 0, 1000),
                    LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000)),
            column(
                    "day",
                    "date",
                    SQLDataType.LOCALDATE,
                    "date'%s'"::formatted,
                    LocalDate.of(1000, 1, 1),
                    LocalDate.of(2024, 2, 29),
                    LocalDate.of(9999, 12, 31)),
            column("flag", "tinyint(1)", SQLDataType.BOOLEAN, String::valueOf, true, false),
            column(
                    "status",
                    "enum('ACTIVE', 'SUSPENDED', 'CLOSED')",
                    SQLDataType.VARCHAR(9).asEnumDataType(UsersStatus.class),
                    constant -> "'" + constant.getLiteral() + "'",
                    UsersStatus.values()),
            column(
                    "bytes",
                    "varbinary(8)",
                    SQLDataType.VARBINARY(8),
                    bytes -> "x'" + HexFormat.of().formatHex(bytes) + "'",
                    new byte[0],
                    new byte[] {0},
                    new byte[] {'a'},
                    new byte[] {'A', ' '},
                    new byte[] {-1, -1}));

    /** Describes the table {@code facts}, which a test creates. */
    public NullableTable() {
        super(DSL.name("facts"));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private <T> Column<T> column(String name, String type, DataType<T> dataType, Function<T, String> sql, T... values) {
        var nullable = new ArrayList<@Nullable T>(List.of(values));
        nullable.add(null);
        return new Column<>(createField(DSL.name(name), dataType, this, ""), type, nullable, sql);
    }

    @Override
    public UniqueKey<Fact> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("KEY_facts_PRIMARY"), id);
    }

    @Override
    public Class<Fact> getRecordType() {
        return Fact.class;
    }

    /** The repository of the table. */
    public static final class Repo extends Repository<Fact, Integer> {
        public Repo(Database database, NullableTable facts) {
            super(database, facts, () -> new Fact(facts), facts.id);
        }
    }

    /** A row of the table. */
    public static final class Fact extends KeyedRecord<Fact> {
        Fact(NullableTable table) {
            super(table);
        }
    }
}
