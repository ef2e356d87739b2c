package dev.rowan.bench;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's JdbcClient with row mappers, and batches of the JdbcTemplate below it for many rows. */
final class JdbcClientContestant extends Contestant {

    private final HikariDataSource pool;
    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final HikariDataSource bulkPool;
    private final JdbcTemplate bulkTemplate;
    private final TransactionTemplate bulkTransactions;

    JdbcClientContestant(Target target) {
        pool = Pools.open(target, target.tuned());
        client = JdbcClient.create(pool);
        transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
        bulkPool = Pools.one(target, target.batches());
        bulkTemplate = new JdbcTemplate(bulkPool);
        bulkTransactions = new TransactionTemplate(new JdbcTransactionManager(bulkPool));
    }

    @Override
    User find(int id) {
        return client.sql(HandWritten.FIND)
                .param(id)
                .query((row, number) -> HandWritten.user(row))
                .single();
    }

    @Override
    int age(Object user) {
        return ((User) user).age();
    }

    @Override
    int insert(User user) {
        var keys = new GeneratedKeyHolder();
        client.sql(HandWritten.INSERT).params(HandWritten.values(user)).update(keys);
        return requireNonNull(keys.getKeyAs(Number.class)).intValue();
    }

    @Override
    void update(int id, int age) {
        client.sql(HandWritten.UPDATE).params(age, id).update();
    }

    @Override
    void delete(int id) {
        client.sql(HandWritten.DELETE).param(id).update();
    }

    @Override
    void transaction(int id, int age, User another) {
        transactions.executeWithoutResult(status -> {
            find(id);
            update(id, age);
            insert(another);
        });
    }

    @Override
    List<User> read(int upTo) {
        return client.sql(HandWritten.READ)
                .param(upTo)
                .query((row, number) -> HandWritten.user(row))
                .list();
    }

    @Override
    long oneToMany(int upTo) {
        return client.sql(HandWritten.JOIN).param(upTo).query(rows -> {
            return HandWritten.quantity(HandWritten.customers(rows));
        });
    }

    @Override
    void insertAll(List<User> users) {
        batch(HandWritten.INSERT, users, HandWritten::bind);
    }

    @Override
    void updateAll(List<User> users) {
        batch(HandWritten.UPDATE_BOTH, users, HandWritten::bindBoth);
    }

    @Override
    void upsertAll(List<User> users) {
        batch(HandWritten.UPSERT, users, HandWritten::bind);
    }

    @Override
    int page(int after) {
        var name = Tables.customerName(after);
        return client.sql(HandWritten.PAGE)
                .params(name, name, after)
                .query((row, number) -> new HandWritten.Customer(row.getInt(1), row.getString(2), List.of()))
                .list()
                .getLast()
                .id();
    }

    private void batch(String sql, List<User> users, ParameterizedPreparedStatementSetter<User> binding) {
        bulkTransactions.executeWithoutResult(
                status -> bulkTemplate.batchUpdate(sql, users, HandWritten.CHUNK, binding));
    }

    @Override
    public void close() {
        pool.close();
        bulkPool.close();
    }
}
