package dev.rowan;

import java.util.List;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;

/** A table that takes any text for whatever its columns are, so that the server is who refuses it. */
@SuppressWarnings("this-escape")
final class Faulty extends TableImpl<Faulty.FaultyRecord> {

    static final Faulty FAULTY = new Faulty();

    final TableField<FaultyRecord, Integer> id = createField(DSL.name("id"), SQLDataType.INTEGER, this, "");
    final TableField<FaultyRecord, String> brief = text("brief");
    final TableField<FaultyRecord, String> small = text("small");
    final TableField<FaultyRecord, String> amount = text("amount");
    final TableField<FaultyRecord, String> kind = text("kind");
    final TableField<FaultyRecord, String> flags = text("flags");
    final TableField<FaultyRecord, String> day = text("day");
    final TableField<FaultyRecord, String> moment = text("moment");
    final TableField<FaultyRecord, String> latin = text("latin");
    final TableField<FaultyRecord, String> old = text("old");
    final TableField<FaultyRecord, String> oddly = text("odd'ly.named");
    final TableField<FaultyRecord, String> refused = text("refused");
    final TableField<FaultyRecord, Integer> atLeast = createField(DSL.name("at_least"), SQLDataType.INTEGER, this, "");

    private Faulty() {
        super(DSL.name("faulty"));
    }

    private TableField<FaultyRecord, String> text(String name) {
        return createField(DSL.name(name), SQLDataType.VARCHAR, this, "");
    }

    /** Makes the table on a server, with a trigger that refuses some rows. */
    static void create(Database database) {
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

    static final class Repo extends Repository<FaultyRecord, Integer> {

        Repo(Database database) {
            super(database, FAULTY, FaultyRecord::new, FAULTY.id);
        }

        Repo(Session session) {
            super(session, FAULTY, FaultyRecord::new, FAULTY.id);
        }
    }

    static final class FaultyRecord extends Row<FaultyRecord> {

        FaultyRecord() {
            super(FAULTY);
        }
    }
}
