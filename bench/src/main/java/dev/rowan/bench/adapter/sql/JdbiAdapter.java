package dev.rowan.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Jdbi's fluent interface with row mappers, and prepared batches for many rows. */
final class JdbiContestant extends Contestant {

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final HikariDataSource bulkPool;
    private final Jdbi bulk;

    JdbiContestant(Target target) {
        pool = Pools.open(target, target.tuned());
        jdbi = Jdbi.create(pool);
        jdbi.registerRowMapper(User.class, (row, context) -> HandWritten.user(row));
        bulkPool = Pools.one(target, target.batches());
        bulk = Jdbi.create(bulkPool);
    }

    @Override
    User find(int id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    private static User find(Handle handle, int id) {
        return handle.select(HandWritten.FIND, id).mapTo(User.class).one();
    }

    @Override
    int age(Object user) {
        return ((User) user).age();
    }

    @Override
    int insert(User user) {
        return jdbi.withHandle(handle -> insert(handle, user));
    }

    private static int insert(Handle handle, User user) {
        var insert = handle.createUpdate(HandWritten.INSERT);
        var values = HandWritten.values(user);
        for (int i = 0; i < values.length; i++) {
            insert.bind(i, values[i]);
        }
        return insert.executeAndReturnGeneratedKeys().mapTo(int.class).one();
    }

    @Override
    void update(int id, int age) {
        jdbi.withHandle(handle -> handle.execute(HandWritten.UPDATE, age, id));
    }

    @Override
    void delete(int id) {
        jdbi.withHandle(handle -> handle.execute(HandWritten.DELETE, id));
    }

    @Override
    void transaction(int id, int age, User another) {
        jdbi.useTransaction(handle -> {
            find(handle, id);
            handle.execute(HandWritten.UPDATE, age, id);
            insert(handle, another);
        });
    }

    @Override
    List<User> read(int upTo) {
        return jdbi.withHandle(handle ->
                handle.select(HandWritten.READ, upTo).mapTo(User.class).list());
    }

    @Override
    long oneToMany(int upTo) {
        return HandWritten.quantity(jdbi.withHandle(handle -> handle.select(HandWritten.JOIN, upTo)
                .scanResultSet((rows, context) -> HandWritten.customers(rows.get()))));
    }

    @Override
    void insertAll(List<User> users) {
        batch(HandWritten.INSERT, users, HandWritten::values);
    }

    @Override
    void updateAll(List<User> users) {
        batch(HandWritten.UPDATE_BOTH, users, user -> new Object[] {user.age(), user.balance(), user.id()});
    }

    @Override
    void upsertAll(List<User> users) {
        batch(HandWritten.UPSERT, users, HandWritten::values);
    }

    @Override
    int page(int after) {
        var name = Tables.customerName(after);
        return jdbi.withHandle(handle -> handle.select(HandWritten.PAGE, name, name, after)
                        .map((row, context) -> new HandWritten.Customer(row.getInt(1), row.getString(2), List.of()))
                        .list())
                .getLast()
                .id();
    }

    private void batch(String sql, List<User> users, Function<User, Object[]> values) {
        bulk.useTransaction(handle -> {
            for (int from = 0; from < users.size(); from += HandWritten.CHUNK) {
                var batch = handle.prepareBatch(sql);
                users.subList(from, Math.min(from + HandWritten.CHUNK, users.size()))
                        .forEach(user -> batch.add(values.apply(user)));
                batch.execute();
            }
        });
    }

    @Override
    public void close() {
        pool.close();
        bulkPool.close();
    }
}
