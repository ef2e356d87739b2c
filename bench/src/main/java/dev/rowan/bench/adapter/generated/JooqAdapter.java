package dev.rowan.bench.adapter.generated;

import static dev.rowan.bench.schema.Tables.CUSTOMERS;
import static dev.rowan.bench.schema.Tables.ORDERS;
import static dev.rowan.bench.schema.Tables.USERS;
import static org.jooq.impl.DSL.excluded;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.adapter.Batches;
import dev.rowan.bench.adapter.HikariPools;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.database.User;
import dev.rowan.bench.schema.tables.records.UsersRecord;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.InsertValuesStep7;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** jOOQ with generated classes: records for single rows; multi-row statements and batches for many. */
public final class JooqAdapter implements LibraryAdapter {

    private final HikariDataSource pool;
    private final DSLContext dsl;

    public JooqAdapter(ConnectionDetails details) {
        pool = HikariPools.open(details, details.serverPreparedAndBatchUrl());
        var settings = new Settings()
                .withRenderSchema(false)
                .withExecuteLogging(false)
                // MySQL does not use an index range for a comparison of row values
                .withRenderRowConditionForSeekClause(false);
        dsl = DSL.using(pool, SQLDialect.MYSQL, settings);
    }

    @Override
    public UsersRecord find(int id) {
        return dsl.fetchSingle(USERS, USERS.ID.eq(id));
    }

    @Override
    public int age(Object user) {
        return ((UsersRecord) user).getAge();
    }

    @Override
    public int insert(User user) {
        return insert(dsl, user);
    }

    private static int insert(DSLContext dsl, User user) {
        return dsl.insertInto(USERS)
                .set(UserRecords.fresh(user))
                .returningResult(USERS.ID)
                .fetchSingle()
                .value1();
    }

    @Override
    public void update(int id, int age) {
        dsl.update(USERS).set(USERS.AGE, age).where(USERS.ID.eq(id)).execute();
    }

    @Override
    public void delete(int id) {
        dsl.deleteFrom(USERS).where(USERS.ID.eq(id)).execute();
    }

    @Override
    public void transaction(int id, int age, User another) {
        dsl.transaction(inner -> {
            inner.dsl().fetchSingle(USERS, USERS.ID.eq(id));
            inner.dsl().update(USERS).set(USERS.AGE, age).where(USERS.ID.eq(id)).execute();
            insert(inner.dsl(), another);
        });
    }

    @Override
    public List<UsersRecord> read(int maxId) {
        return dsl.fetch(USERS, USERS.ID.le(maxId));
    }

    @Override
    public long oneToMany(int maxId) {
        var orders = dsl.select(CUSTOMERS.fields())
                .select(ORDERS.fields())
                .from(CUSTOMERS)
                .join(ORDERS)
                .on(ORDERS.CUSTOMER_ID.eq(CUSTOMERS.ID))
                .where(CUSTOMERS.ID.le(maxId))
                .fetchGroups(CUSTOMERS, ORDERS);
        long sum = 0;
        for (var ordersOfCustomer : orders.values()) {
            for (var order : ordersOfCustomer) {
                sum += order.getQuantity();
            }
        }
        return sum;
    }

    @Override
    public void insertAll(List<User> users) {
        dsl.transaction(inner ->
                Batches.forEach(users, batch -> values(inner.dsl(), batch).execute()));
    }

    @Override
    public void updateAll(List<User> users) {
        dsl.transaction(inner -> Batches.forEach(
                users,
                batch -> inner.dsl()
                        .batchUpdate(batch.stream().map(UserRecords::changed).toList())
                        .execute()));
    }

    @Override
    public void upsertAll(List<User> users) {
        dsl.transaction(inner -> Batches.forEach(
                users,
                batch -> values(inner.dsl(), batch)
                        .onDuplicateKeyUpdate()
                        .set(USERS.AGE, excluded(USERS.AGE))
                        .set(USERS.BALANCE, excluded(USERS.BALANCE))
                        .execute()));
    }

    @Override
    public int page(int afterId) {
        return dsl.selectFrom(CUSTOMERS)
                .orderBy(CUSTOMERS.NAME, CUSTOMERS.ID)
                .seek(Dataset.customerName(afterId), afterId)
                .limit(Dataset.PAGE_SIZE)
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

    @Override
    public void close() {
        pool.close();
    }
}
