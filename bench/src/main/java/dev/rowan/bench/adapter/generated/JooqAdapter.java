package dev.rowan.bench;

import static dev.rowan.bench.schema.Tables.CUSTOMERS;
import static dev.rowan.bench.schema.Tables.ORDERS;
import static dev.rowan.bench.schema.Tables.USERS;
import static org.jooq.impl.DSL.excluded;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.schema.tables.records.UsersRecord;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.InsertValuesStep7;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** jOOQ, on the same generated classes: records for single rows, multi-row statements and batches for many. */
final class JooqContestant extends Contestant {

    private static final int CHUNK = 1_000;

    private final HikariDataSource pool;
    private final DSLContext dsl;

    JooqContestant(Target target) {
        pool = Pools.open(target, target.batching());
        var settings = new Settings()
                .withRenderSchema(false)
                .withExecuteLogging(false)
                // rows compared as rows are no range of an index to MySQL
                .withRenderRowConditionForSeekClause(false);
        dsl = DSL.using(pool, SQLDialect.MYSQL, settings);
    }

    @Override
    UsersRecord find(int id) {
        return dsl.fetchSingle(USERS, USERS.ID.eq(id));
    }

    @Override
    int age(Object user) {
        return ((UsersRecord) user).getAge();
    }

    @Override
    int insert(User user) {
        return insert(dsl, user);
    }

    private static int insert(DSLContext dsl, User user) {
        return dsl.insertInto(USERS)
                .set(row(user))
                .returningResult(USERS.ID)
                .fetchSingle()
                .value1();
    }

    @Override
    void update(int id, int age) {
        dsl.update(USERS).set(USERS.AGE, age).where(USERS.ID.eq(id)).execute();
    }

    @Override
    void delete(int id) {
        dsl.deleteFrom(USERS).where(USERS.ID.eq(id)).execute();
    }

    @Override
    void transaction(int id, int age, User another) {
        dsl.transaction(inner -> {
            inner.dsl().fetchSingle(USERS, USERS.ID.eq(id));
            inner.dsl().update(USERS).set(USERS.AGE, age).where(USERS.ID.eq(id)).execute();
            insert(inner.dsl(), another);
        });
    }

    @Override
    List<UsersRecord> read(int upTo) {
        return dsl.fetch(USERS, USERS.ID.le(upTo));
    }

    @Override
    long oneToMany(int upTo) {
        var orders = dsl.select(CUSTOMERS.fields())
                .select(ORDERS.fields())
                .from(CUSTOMERS)
                .join(ORDERS)
                .on(ORDERS.CUSTOMER_ID.eq(CUSTOMERS.ID))
                .where(CUSTOMERS.ID.le(upTo))
                .fetchGroups(CUSTOMERS, ORDERS);
        long sum = 0;
        for (var each : orders.values()) {
            for (var order : each) {
                sum += order.getQuantity();
            }
        }
        return sum;
    }

    @Override
    void insertAll(List<User> users) {
        dsl.transaction(inner ->
                inChunks(users, chunk -> values(inner.dsl(), chunk).execute()));
    }

    @Override
    void updateAll(List<User> users) {
        dsl.transaction(inner -> inChunks(
                users,
                chunk -> inner.dsl()
                        .batchUpdate(chunk.stream().map(JooqContestant::changed).toList())
                        .execute()));
    }

    @Override
    void upsertAll(List<User> users) {
        dsl.transaction(inner -> inChunks(
                users,
                chunk -> values(inner.dsl(), chunk)
                        .onDuplicateKeyUpdate()
                        .set(USERS.AGE, excluded(USERS.AGE))
                        .set(USERS.BALANCE, excluded(USERS.BALANCE))
                        .execute()));
    }

    @Override
    int page(int after) {
        return dsl.selectFrom(CUSTOMERS)
                .orderBy(CUSTOMERS.NAME, CUSTOMERS.ID)
                .seek(Tables.customerName(after), after)
                .limit(Tables.PAGE)
                .fetch()
                .getLast()
                .getId();
    }

    private static InsertValuesStep7<?, ?, ?, ?, ?, ?, ?, ?> values(DSLContext dsl, List<User> users) {
        var insert = dsl.insertInto(
                USERS, USERS.NAME, USERS.EMAIL, USERS.AGE, USERS.CITY, USERS.BALANCE, USERS.ACTIVE, USERS.CREATED_AT);
        for (var user : users) {
            insert = insert.values(
                    user.name(),
                    user.email(),
                    user.age(),
                    user.city(),
                    user.balance(),
                    user.active(),
                    user.createdAt());
        }
        return insert;
    }

    private static UsersRecord row(User user) {
        return new UsersRecord()
                .setName(user.name())
                .setEmail(user.email())
                .setAge(user.age())
                .setCity(user.city())
                .setBalance(user.balance())
                .setActive(user.active())
                .setCreatedAt(user.createdAt());
    }

    private static UsersRecord changed(User user) {
        var row = new UsersRecord().setId(user.id());
        row.touched(false);
        return row.setAge(user.age()).setBalance(user.balance());
    }

    private static void inChunks(List<User> users, java.util.function.Consumer<List<User>> each) {
        for (int from = 0; from < users.size(); from += CHUNK) {
            each.accept(users.subList(from, Math.min(from + CHUNK, users.size())));
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
