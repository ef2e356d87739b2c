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

/**
 * A table whose columns are all text in Java and of other types in the database, so that the server, not Java, refuses
 * a value.
 */
@SuppressWarnings("this-escape")
public final class AnyTextTable extends TableImpl<AnyTextTable.AnyTextRecord> {

    public static final AnyTextTable ANY_TEXT = new AnyTextTable();

    public final TableField<AnyTextRecord, Integer> id = createField(DSL.name("id"), SQLDataType.INTEGER, this, "");
    public final TableField<AnyTextRecord, String> brief = text("brief");
    public final TableField<AnyTextRecord, String> small = text("small");
    public final TableField<AnyTextRecord, String> amount = text("amount");
    public final TableField<AnyTextRecord, String> kind = text("kind");
    public final TableField<AnyTextRecord, String> flags = text("flags");
    public final TableField<AnyTextRecord, String> day = text("day");
    public final TableField<AnyTextRecord, String> moment = text("moment");
    public final TableField<AnyTextRecord, String> latin = text("latin");
    public final TableField<AnyTextRecord, String> old = text("old");
    public final TableField<AnyTextRecord, String> oddlyNamed = text("odd'ly.named");
    public final TableField<AnyTextRecord, String> refused = text("refused");
    public final TableField<AnyTextRecord, Integer> positive =
            createField(DSL.name("positive"), SQLDataType.INTEGER, this, "");

    private AnyTextTable() {
        super(DSL.name("any_text"));
    }

    private TableField<AnyTextRecord, String> text(String name) {
        return createField(DSL.name(name), SQLDataType.VARCHAR, this, "");
    }

    /** Creates the table in the database, with a trigger that refuses some rows. */
    public static void create(Database database) {
        database.dsl().execute("""
                create table any_text
                (id int auto_increment primary key, brief varchar(3), small tinyint, amount decimal(5, 2),
                 kind enum('a', 'b'), flags set('a', 'b'), day date, moment datetime, latin varchar(50) character set latin1,
                 old varchar(50) character set utf8mb3, `odd'ly.named` varchar(50), refused varchar(50),
                 constraint `uk.odd'ly` unique (`odd'ly.named`), constraint `ck.odd'ly` check (small <> 13),
                 positive int check (positive > 0))""");
        database.dsl().execute("""
                create trigger any_text_refuses before insert on any_text for each row
                if new.refused is not null then
                  signal sqlstate '45000' set mysql_errno = 30001, message_text = new.refused;
                end if""");
    }

    @Override
    public UniqueKey<AnyTextRecord> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("KEY_any_text_PRIMARY"), id);
    }

    @Override
    public List<UniqueKey<AnyTextRecord>> getUniqueKeys() {
        return List.of(Internal.createUniqueKey(this, DSL.name("KEY_any_text_uk.odd'ly"), oddlyNamed));
    }

    @Override
    public Class<AnyTextRecord> getRecordType() {
        return AnyTextRecord.class;
    }

    /** The repository of the table. */
    public static final class Repo extends Repository<AnyTextRecord, Integer> {

        public Repo(Database database) {
            super(database, ANY_TEXT, AnyTextRecord::new, ANY_TEXT.id);
        }

        public Repo(Session session) {
            super(session, ANY_TEXT, AnyTextRecord::new, ANY_TEXT.id);
        }
    }

    /** A row of the table. */
    public static final class AnyTextRecord extends KeyedRecord<AnyTextRecord> {

        AnyTextRecord() {
            super(ANY_TEXT);
        }
    }
}
