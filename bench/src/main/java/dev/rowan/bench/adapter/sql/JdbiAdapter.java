package dev.rowan.bench.adapter.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.adapter.Batches;
import dev.rowan.bench.adapter.HandWrittenSql;
import dev.rowan.bench.adapter.HikariPools;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.database.User;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Jdbi's fluent API with row mappers; its prepared batches for many rows. */
public final class JdbiAdapter implements LibraryAdapter {

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final HikariDataSource bulkPool;
    private final Jdbi bulk;

    public JdbiAdapter(ConnectionDetails details) {
        pool = HikariPools.open(details, details.serverPreparedUrl());
        jdbi = Jdbi.create(pool);
        jdbi.registerRowMapper(User.class, (row, context) -> HandWrittenSql.user(row));
        bulkPool = HikariPools.singleConnection(details, details.batchUrl());
        bulk = Jdbi.create(bulkPool);
    }

    @Override
    public User find(int id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    private static User find(Handle handle, int id) {
        return handle.select(HandWrittenSql.FIND, id).mapTo(User.class).one();
    }

    @Override
    public int age(Object user) {
        return ((User) user).age();
    }

    @Override
    public int insert(User user) {
        return jdbi.withHandle(handle -> insert(handle, user));
    }

    private static int insert(Handle handle, User user) {
        var insert = handle.createUpdate(HandWrittenSql.INSERT);
        var values = HandWrittenSql.values(user);
        for (int i = 0; i < values.length; i++) {
            insert.bind(i, values[i]);
        }
        return insert.executeAndReturnGeneratedKeys().mapTo(int.class).one();
    }

    @Override
    public void update(int id, int age) {
        jdbi.withHandle(handle -> handle.execute(HandWrittenSql.UPDATE, age, id));
    }

    @Override
    public void delete(int id) {
        jdbi.withHandle(handle -> handle.execute(HandWrittenSql.DELETE, id));
    }

    @Override
    public void transaction(int id, int age, User another) {
        jdbi.useTransaction(handle -> {
            find(handle, id);
            handle.execute(HandWrittenSql.UPDATE, age, id);
            insert(handle, another);
        });
    }

    @Override
    public List<User> read(int maxId) {
        return jdbi.withHandle(handle ->
                handle.select(HandWrittenSql.READ, maxId).mapTo(User.class).list());
    }

    @Override
    public long oneToMany(int maxId) {
        return HandWrittenSql.quantity(jdbi.withHandle(handle -> handle.select(HandWrittenSql.JOIN, maxId)
                .scanResultSet((rows, context) -> HandWrittenSql.customers(rows.get()))));
    }

    @Override
    public void insertAll(List<User> users) {
        batch(HandWrittenSql.INSERT, users, HandWrittenSql::values);
    }

    @Override
    public void updateAll(List<User> users) {
        batch(HandWrittenSql.UPDATE_AGE_AND_BALANCE, users, user ->
                new Object[] {user.age(), user.balance(), user.id()});
    }

    @Override
    public void upsertAll(List<User> users) {
        batch(HandWrittenSql.UPSERT, users, HandWrittenSql::values);
    }

    @Override
    public int page(int afterId) {
        var name = Dataset.customerName(afterId);
        return jdbi.withHandle(handle -> handle.select(HandWrittenSql.PAGE, name, name, afterId)
                        .map((row, context) -> new HandWrittenSql.Customer(row.getInt(1), row.getString(2), List.of()))
                        .list())
                .getLast()
                .id();
    }

    private void batch(String sql, List<User> users, Function<User, Object[]> values) {
        bulk.useTransaction(handle -> Batches.forEach(users, batch -> {
            var prepared = handle.prepareBatch(sql);
            batch.forEach(user -> prepared.add(values.apply(user)));
            prepared.execute();
        }));
    }

    @Override
    public void close() {
        pool.close();
        bulkPool.close();
    }
}
