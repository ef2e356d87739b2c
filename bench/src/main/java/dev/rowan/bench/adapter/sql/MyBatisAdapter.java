package dev.rowan.bench.adapter.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.adapter.HikariPools;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.database.User;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** MyBatis with an annotated mapper and a session for each call; sessions with its batch executor for many rows. */
public final class MyBatisAdapter implements LibraryAdapter {

    private final HikariDataSource pool;
    private final SqlSessionFactory sessions;
    private final HikariDataSource bulkPool;
    private final SqlSessionFactory bulkSessions;

    public MyBatisAdapter(ConnectionDetails details) {
        pool = HikariPools.open(details, details.serverPreparedUrl());
        sessions = sessions(pool);
        bulkPool = HikariPools.singleConnection(details, details.batchUrl());
        bulkSessions = sessions(bulkPool);
    }

    private static SqlSessionFactory sessions(DataSource source) {
        var configuration = new Configuration(new Environment("bench", new JdbcTransactionFactory(), source));
        configuration.addMapper(MyBatisMapper.class);
        return new SqlSessionFactoryBuilder().build(configuration);
    }

    @Override
    public User find(int id) {
        return with(mapper -> mapper.find(id));
    }

    @Override
    public int age(Object user) {
        return ((User) user).age();
    }

    @Override
    public int insert(User user) {
        return with(mapper -> insert(mapper, user));
    }

    private static int insert(MyBatisMapper mapper, User user) {
        var key = new MyBatisMapper.Key();
        mapper.insert(user, key);
        return key.value;
    }

    @Override
    public void update(int id, int age) {
        use(mapper -> mapper.setAge(id, age));
    }

    @Override
    public void delete(int id) {
        use(mapper -> mapper.delete(id));
    }

    @Override
    public void transaction(int id, int age, User another) {
        try (var session = sessions.openSession()) {
            var mapper = session.getMapper(MyBatisMapper.class);
            mapper.find(id);
            mapper.setAge(id, age);
            insert(mapper, another);
            session.commit();
        }
    }

    @Override
    public List<User> read(int maxId) {
        return with(mapper -> mapper.read(maxId));
    }

    @Override
    public long oneToMany(int maxId) {
        long sum = 0;
        for (var customer : with(mapper -> mapper.customers(maxId))) {
            for (var order : customer.orders) {
                sum += order.quantity();
            }
        }
        return sum;
    }

    @Override
    public void insertAll(List<User> users) {
        batch(users, MyBatisMapper::insertOnly);
    }

    @Override
    public void updateAll(List<User> users) {
        batch(users, MyBatisMapper::setAgeAndBalance);
    }

    @Override
    public void upsertAll(List<User> users) {
        batch(users, MyBatisMapper::upsert);
    }

    @Override
    public int page(int afterId) {
        return with(mapper -> mapper.page(Dataset.customerName(afterId), afterId))
                .getLast()
                .id;
    }

    private <T> T with(Function<MyBatisMapper, T> body) {
        try (var session = sessions.openSession(true)) {
            return body.apply(session.getMapper(MyBatisMapper.class));
        }
    }

    private void use(Consumer<MyBatisMapper> body) {
        try (var session = sessions.openSession(true)) {
            body.accept(session.getMapper(MyBatisMapper.class));
        }
    }

    private void batch(List<User> users, BiConsumer<MyBatisMapper, User> each) {
        try (var session = bulkSessions.openSession(ExecutorType.BATCH)) {
            var mapper = session.getMapper(MyBatisMapper.class);
            int rows = 0;
            for (var user : users) {
                each.accept(mapper, user);
                if (++rows % BATCH_SIZE == 0) {
                    session.flushStatements();
                }
            }
            session.commit();
        }
    }

    @Override
    public void close() {
        pool.close();
        bulkPool.close();
    }
}
