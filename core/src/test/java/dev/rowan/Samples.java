package dev.rowan;

import dev.rowan.shop.enums.UsersStatus;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.util.UUID;
import org.jooq.JSON;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jooq.types.UInteger;
import org.jooq.types.ULong;

/** A table with a column of each type, and text of a collation that is not the connection's in its key. */
@SuppressWarnings("this-escape")
final class Samples extends TableImpl<Samples.SamplesRecord> {

    final TableField<SamplesRecord, String> code =
            createField(DSL.name("code"), SQLDataType.VARCHAR(20).nullable(false), this, "");
    final TableField<SamplesRecord, ULong> number =
            createField(DSL.name("number"), SQLDataType.BIGINTUNSIGNED.nullable(false), this, "");
    final TableField<SamplesRecord, Integer> whole = createField(DSL.name("whole"), SQLDataType.INTEGER, this, "");
    final TableField<SamplesRecord, UInteger> counted =
            createField(DSL.name("counted"), SQLDataType.INTEGERUNSIGNED, this, "");
    final TableField<SamplesRecord, Boolean> flag = createField(DSL.name("flag"), SQLDataType.BOOLEAN, this, "");
    final TableField<SamplesRecord, BigDecimal> amount =
            createField(DSL.name("amount"), SQLDataType.DECIMAL(30, 10), this, "");
    final TableField<SamplesRecord, Double> wide = createField(DSL.name("wide"), SQLDataType.DOUBLE, this, "");
    final TableField<SamplesRecord, Float> narrow = createField(DSL.name("narrow"), SQLDataType.REAL, this, "");
    final TableField<SamplesRecord, LocalDateTime> at =
            createField(DSL.name("at"), SQLDataType.LOCALDATETIME(6), this, "", new LocalDateTimeBinding());
    final TableField<SamplesRecord, LocalDate> day =
            createField(DSL.name("day"), SQLDataType.LOCALDATE, this, "", new LocalDateBinding());
    final TableField<SamplesRecord, Year> year = createField(DSL.name("year"), SQLDataType.YEAR, this, "");
    final TableField<SamplesRecord, LocalTime> time = createField(DSL.name("time"), SQLDataType.LOCALTIME(3), this, "");
    final TableField<SamplesRecord, String> latin = createField(DSL.name("latin"), SQLDataType.VARCHAR(50), this, "");
    final TableField<SamplesRecord, String> text = createField(DSL.name("text"), SQLDataType.CLOB, this, "");
    final TableField<SamplesRecord, UsersStatus> status =
            createField(DSL.name("status"), SQLDataType.VARCHAR(9).asEnumDataType(UsersStatus.class), this, "");
    final TableField<SamplesRecord, JSON> document = createField(DSL.name("document"), SQLDataType.JSON, this, "");
    final TableField<SamplesRecord, byte[]> bytes = createField(DSL.name("bytes"), SQLDataType.BLOB, this, "");
    final TableField<SamplesRecord, UUID> uuid =
            createField(DSL.name("uuid"), SQLDataType.BINARY(16), this, "", new UuidConverter());
    final TableField<SamplesRecord, Integer> version = createField(DSL.name("version"), SQLDataType.INTEGER, this, "");

    Samples(String name) {
        super(DSL.name(name));
    }

    /** Makes the table on a server. */
    void create(Database database) {
        database.dsl().execute("create table " + getName() + """
                (code varchar(20) character set utf8mb4 collate utf8mb4_general_ci, number bigint unsigned, whole int,
                 counted int unsigned, flag boolean, amount decimal(30, 10), wide double, narrow float, at datetime(6),
                 day date, year year, time time(3), latin varchar(50) character set latin1, text longtext, status enum
                 ('ACTIVE', 'SUSPENDED', 'CLOSED'), document json, bytes longblob, uuid binary(16), version int,
                 primary key (code, number))""");
    }

    Repo repository(Database database) {
        return new Repo(database, this);
    }

    Repo repository(Session session) {
        return new Repo(session, this);
    }

    SamplesRecord record() {
        return new SamplesRecord(this);
    }

    @Override
    public UniqueKey<SamplesRecord> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("KEY_" + getName() + "_PRIMARY"), code, number);
    }

    @Override
    public TableField<SamplesRecord, ?> getRecordVersion() {
        return version;
    }

    @Override
    public Class<SamplesRecord> getRecordType() {
        return SamplesRecord.class;
    }

    /** The key of a row. */
    record Key(String code, ULong number) {}

    static final class Repo extends Repository<SamplesRecord, Key> {
        Repo(Database database, Samples table) {
            super(database, table, table::record, key -> new Object[] {key.code(), key.number()});
        }

        Repo(Session session, Samples table) {
            super(session, table, table::record, key -> new Object[] {key.code(), key.number()});
        }
    }

    static final class SamplesRecord extends Row<SamplesRecord> {
        SamplesRecord(Samples table) {
            super(table);
        }
    }
}
