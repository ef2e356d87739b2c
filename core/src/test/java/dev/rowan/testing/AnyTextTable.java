package dev.rowan.testing;

import dev.rowan.Database;
import dev.rowan.Repository;
import dev.rowan.Session;
import dev.rowan.record.KeyedRecord;
import java.util.List;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;

/** A table that takes any text for whatever its columns are, so that the server is who refuses it. */
@SuppressWarnings("this-escape")
public final class AnyTextTable extends TableImpl<AnyTextTable.FaultyRecord> {

    public static final AnyTextTable FAULTY = new AnyTextTable();

    public final TableField<FaultyRecord, Integer> id = createField(DSL.name("id"), SQLDataType.INTEGER, this, "");
    public final TableField<FaultyRecord, String> brief = text("brief");
    public final TableField<FaultyRecord, String> small = text("small");
    public final TableField<FaultyRecord, String> amount = text("amount");
    public final TableField<FaultyRecord, String> kind = text("kind");
    public final TableField<FaultyRecord, String> flags = text("flags");
    public final TableField<FaultyRecord, String> day = text("day");
    public final TableField<FaultyRecord, String> moment = text("moment");
    public final TableField<FaultyRecord, String> latin = text("latin");
    public final TableField<FaultyRecord, String> old = text("old");
    public final TableField<FaultyRecord, String> oddly = text("odd'ly.named");
    public final TableField<FaultyRecord, String> refused = text("refused");
    public final TableField<FaultyRecord, Integer> atLeast =
            createField(DSL.name("at_least"), SQLDataType.INTEGER, this, "");

    private AnyTextTable() {
        super(DSL.name("faulty"));
    }

    private TableField<FaultyRecord, String> text(String name) {
        return createField(DSL.name(name), SQLDataType.VARCHAR, this, "");
    }

    /** Makes the table on a server, with a trigger that refuses some rows. */
    public static void create(Database database) {
        database.dsl().execute("""
                create table faulty
                (id int auto_increment primary key, brief varchar(3), small tinyint, amount decimal(5, 2),
                 kind enum('a', 'b'), flags set('a', 'b'), day date, moment datetime, latin varchar(50) character set latin1,
                 old varchar(50) character set utf8mb3, `odd'ly.named` varchar(50), refused varchar(50),
                 constraint `uk.odd'ly` unique (`odd'ly.named`), constraint `ck.odd'ly` check (small <> 13),
                 at_least int check (at_least > 0))""");
        database.dsl().execute("""
                create trigger faulty_refuses before insert on faulty for each row
                if new.refused is not null then
                  signal sqlstate '45000' set mysql_errno = 30001, message_text = new.refused;
                end if""");
    }

    @Override
    public UniqueKey<FaultyRecord> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("KEY_faulty_PRIMARY"), id);
    }

    @Override
    public List<UniqueKey<FaultyRecord>> getUniqueKeys() {
        return List.of(Internal.createUniqueKey(this, DSL.name("KEY_faulty_uk.odd'ly"), oddly));
    }

    @Override
    public Class<FaultyRecord> getRecordType() {
        return FaultyRecord.class;
    }

    public static final class Repo extends Repository<FaultyRecord, Integer> {

        public Repo(Database database) {
            super(database, FAULTY, FaultyRecord::new, FAULTY.id);
        }

        public Repo(Session session) {
            super(session, FAULTY, FaultyRecord::new, FAULTY.id);
        }
    }

    public static final class FaultyRecord extends KeyedRecord<FaultyRecord> {

        FaultyRecord() {
            super(FAULTY);
        }
    }
}
