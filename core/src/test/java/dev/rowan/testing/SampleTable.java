package dev.rowan.testing;

import dev.rowan.Database;
import dev.rowan.Repository;
import dev.rowan.Session;
import dev.rowan.record.KeyedRecord;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.type.LocalDateBinding;
import dev.rowan.type.LocalDateTimeBinding;
import dev.rowan.type.UuidConverter;
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

/** A table with a column of each type. The text in its key has another collation than the connection. */
@SuppressWarnings("this-escape")
public final class SampleTable extends TableImpl<SampleTable.SamplesRecord> {

    public final TableField<SamplesRecord, String> code =
            createField(DSL.name("code"), SQLDataType.VARCHAR(20).nullable(false), this, "");
    public final TableField<SamplesRecord, ULong> number =
            createField(DSL.name("number"), SQLDataType.BIGINTUNSIGNED.nullable(false), this, "");
    public final TableField<SamplesRecord, Integer> whole =
            createField(DSL.name("whole"), SQLDataType.INTEGER, this, "");
    public final TableField<SamplesRecord, UInteger> counted =
            createField(DSL.name("counted"), SQLDataType.INTEGERUNSIGNED, this, "");
    public final TableField<SamplesRecord, Boolean> flag = createField(DSL.name("flag"), SQLDataType.BOOLEAN, this, "");
    public final TableField<SamplesRecord, BigDecimal> amount =
            createField(DSL.name("amount"), SQLDataType.DECIMAL(30, 10), this, "");
    public final TableField<SamplesRecord, Double> wide = createField(DSL.name("wide"), SQLDataType.DOUBLE, this, "");
    public final TableField<SamplesRecord, Float> narrow = createField(DSL.name("narrow"), SQLDataType.REAL, this, "");
    public final TableField<SamplesRecord, LocalDateTime> at =
            createField(DSL.name("at"), SQLDataType.LOCALDATETIME(6), this, "", new LocalDateTimeBinding());
    public final TableField<SamplesRecord, LocalDate> day =
            createField(DSL.name("day"), SQLDataType.LOCALDATE, this, "", new LocalDateBinding());
    public final TableField<SamplesRecord, Year> year = createField(DSL.name("year"), SQLDataType.YEAR, this, "");
    public final TableField<SamplesRecord, LocalTime> time =
            createField(DSL.name("time"), SQLDataType.LOCALTIME(3), this, "");
    public final TableField<SamplesRecord, String> latin =
            createField(DSL.name("latin"), SQLDataType.VARCHAR(50), this, "");
    public final TableField<SamplesRecord, String> text = createField(DSL.name("text"), SQLDataType.CLOB, this, "");
    public final TableField<SamplesRecord, UsersStatus> status =
            createField(DSL.name("status"), SQLDataType.VARCHAR(9).asEnumDataType(UsersStatus.class), this, "");
    public final TableField<SamplesRecord, JSON> document =
            createField(DSL.name("document"), SQLDataType.JSON, this, "");
    public final TableField<SamplesRecord, byte[]> bytes = createField(DSL.name("bytes"), SQLDataType.BLOB, this, "");
    public final TableField<SamplesRecord, UUID> uuid =
            createField(DSL.name("uuid"), SQLDataType.BINARY(16), this, "", new UuidConverter());
    public final TableField<SamplesRecord, Integer> version =
            createField(DSL.name("version"), SQLDataType.INTEGER, this, "");

    /** Describes the table; {@link #create} creates it. */
    public SampleTable(String name) {
        super(DSL.name(name));
    }

    /** Creates the table in the database. */
    public void create(Database database) {
        database.dsl().execute("create table " + getName() + """
                (code varchar(20) character set utf8mb4 collate utf8mb4_general_ci, number bigint unsigned, whole int,
                 counted int unsigned, flag boolean, amount decimal(30, 10), wide double, narrow float, at datetime(6),
                 day date, year year, time time(3), latin varchar(50) character set latin1, text longtext, status enum
                 ('ACTIVE', 'SUSPENDED', 'CLOSED'), document json, bytes longblob, uuid binary(16), version int,
                 primary key (code, number))""");
    }

    public Repo repository(Database database) {
        return new Repo(database, this);
    }

    public Repo repository(Session session) {
        return new Repo(session, this);
    }

    public SamplesRecord record() {
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
    public record Key(String code, ULong number) {}

    /** The repository of the table. */
    public static final class Repo extends Repository<SamplesRecord, Key> {
        public Repo(Database database, SampleTable table) {
            super(database, table, table::record, key -> new Object[] {key.code(), key.number()});
        }

        public Repo(Session session, SampleTable table) {
            super(session, table, table::record, key -> new Object[] {key.code(), key.number()});
        }
    }

    /** A row of the table. */
    public static final class SamplesRecord extends KeyedRecord<SamplesRecord> {
        SamplesRecord(SampleTable table) {
            super(table);
        }
    }
}
