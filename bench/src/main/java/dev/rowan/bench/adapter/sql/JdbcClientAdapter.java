package dev.rowan.bench.adapter.sql;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.adapter.HandWrittenSql;
import dev.rowan.bench.adapter.HikariPools;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.database.User;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's JdbcClient with row mappers; JdbcTemplate's batches for many rows. */
public final class JdbcClientAdapter implements LibraryAdapter {

    private final HikariDataSource pool;
    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final HikariDataSource bulkPool;
    private final JdbcTemplate bulkTemplate;
    private final TransactionTemplate bulkTransactions;

    public JdbcClientAdapter(ConnectionDetails details) {
        pool = HikariPools.open(details, details.serverPreparedUrl());
        client = JdbcClient.create(pool);
        transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
        bulkPool = HikariPools.singleConnection(details, details.batchUrl());
        bulkTemplate = new JdbcTemplate(bulkPool);
        bulkTransactions = new TransactionTemplate(new JdbcTransactionManager(bulkPool));
    }

    @Override
    public User find(int id) {
        return client.sql(HandWrittenSql.FIND)
                .param(id)
                .query((row, number) -> HandWrittenSql.user(row))
                .single();
    }

    @Override
    public int age(Object user) {
        return ((User) user).age();
    }

    @Override
    public int insert(User user) {
        var keys = new GeneratedKeyHolder();
        client.sql(HandWrittenSql.INSERT).params(HandWrittenSql.values(user)).update(keys);
        return requireNonNull(keys.getKeyAs(Number.class)).intValue();
    }

    @Override
    public void update(int id, int age) {
        client.sql(HandWrittenSql.UPDATE).params(age, id).update();
    }

    @Override
    public void delete(int id) {
        client.sql(HandWrittenSql.DELETE).param(id).update();
    }

    @Override
    public void transaction(int id, int age, User another) {
        transactions.executeWithoutResult(status -> {
            find(id);
            update(id, age);
            insert(another);
        });
    }

    @Override
    public List<User> read(int maxId) {
        return client.sql(HandWrittenSql.READ)
                .param(maxId)
                .query((row, number) -> HandWrittenSql.user(row))
                .list();
    }

    @Override
    public long oneToMany(int maxId) {
        return client.sql(HandWrittenSql.JOIN).param(maxId).query(rows -> {
            return HandWrittenSql.quantity(HandWrittenSql.customers(rows));
        });
    }

    @Override
    public void insertAll(List<User> users) {
        batch(HandWrittenSql.INSERT, users, HandWrittenSql::bind);
    }

    @Override
    public void updateAll(List<User> users) {
        batch(HandWrittenSql.UPDATE_AGE_AND_BALANCE, users, HandWrittenSql::bindAgeAndBalance);
    }

    @Override
    public void upsertAll(List<User> users) {
        batch(HandWrittenSql.UPSERT, users, HandWrittenSql::bind);
    }

    @Override
    public int page(int afterId) {
        var name = Dataset.customerName(afterId);
        return client.sql(HandWrittenSql.PAGE)
                .params(name, name, afterId)
                .query((row, number) -> new HandWrittenSql.Customer(row.getInt(1), row.getString(2), List.of()))
                .list()
                .getLast()
                .id();
    }

    private void batch(String sql, List<User> users, ParameterizedPreparedStatementSetter<User> binding) {
        bulkTransactions.executeWithoutResult(status -> bulkTemplate.batchUpdate(sql, users, BATCH_SIZE, binding));
    }

    @Override
    public void close() {
        pool.close();
        bulkPool.close();
    }
}
