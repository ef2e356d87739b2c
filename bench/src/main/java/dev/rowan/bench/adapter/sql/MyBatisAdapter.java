package dev.rowan.bench;

import com.zaxxer.hikari.HikariDataSource;
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

/** MyBatis by an annotated mapper, a session for each call, and sessions of the batch executor for many rows. */
final class MyBatisContestant extends Contestant {

    private final HikariDataSource pool;
    private final SqlSessionFactory sessions;
    private final HikariDataSource bulkPool;
    private final SqlSessionFactory bulkSessions;

    MyBatisContestant(Target target) {
        pool = Pools.open(target, target.tuned());
        sessions = sessions(pool);
        bulkPool = Pools.one(target, target.batches());
        bulkSessions = sessions(bulkPool);
    }

    private static SqlSessionFactory sessions(DataSource source) {
        var configuration = new Configuration(new Environment("bench", new JdbcTransactionFactory(), source));
        configuration.addMapper(MyBatisMapper.class);
        return new SqlSessionFactoryBuilder().build(configuration);
    }

    @Override
    User find(int id) {
        return with(mapper -> mapper.find(id));
    }

    @Override
    int age(Object user) {
        return ((User) user).age();
    }

    @Override
    int insert(User user) {
        return with(mapper -> insert(mapper, user));
    }

    private static int insert(MyBatisMapper mapper, User user) {
        var key = new MyBatisMapper.Key();
        mapper.insert(user, key);
        return key.value;
    }

    @Override
    void update(int id, int age) {
        use(mapper -> mapper.setAge(id, age));
    }

    @Override
    void delete(int id) {
        use(mapper -> mapper.delete(id));
    }

    @Override
    void transaction(int id, int age, User another) {
        try (var session = sessions.openSession()) {
            var mapper = session.getMapper(MyBatisMapper.class);
            mapper.find(id);
            mapper.setAge(id, age);
            insert(mapper, another);
            session.commit();
        }
    }

    @Override
    List<User> read(int upTo) {
        return with(mapper -> mapper.read(upTo));
    }

    @Override
    long oneToMany(int upTo) {
        long sum = 0;
        for (var customer : with(mapper -> mapper.customers(upTo))) {
            for (var order : customer.orders) {
                sum += order.quantity();
            }
        }
        return sum;
    }

    @Override
    void insertAll(List<User> users) {
        batch(users, MyBatisMapper::insertOnly);
    }

    @Override
    void updateAll(List<User> users) {
        batch(users, MyBatisMapper::setBoth);
    }

    @Override
    void upsertAll(List<User> users) {
        batch(users, MyBatisMapper::upsert);
    }

    @Override
    int page(int after) {
        return with(mapper -> mapper.page(Tables.customerName(after), after)).getLast().id;
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
            int open = 0;
            for (var user : users) {
                each.accept(mapper, user);
                if (++open % HandWritten.CHUNK == 0) {
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
