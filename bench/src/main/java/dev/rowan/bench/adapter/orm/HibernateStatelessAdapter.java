package dev.rowan.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.HibernateRows.CustomerRow;
import dev.rowan.bench.HibernateRows.UserRow;
import java.util.List;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Hibernate's stateless session: a statement for each call, in autocommit; in a transaction with batches if many. */
final class HibernateStatelessContestant extends Contestant {

    private final HikariDataSource pool;
    private final SessionFactory sessions;

    HibernateStatelessContestant(Target target) {
        pool = Pools.open(target, target.batching());
        sessions = HibernateRows.open(pool);
    }

    @Override
    UserRow find(int id) {
        return with(session -> session.get(UserRow.class, id));
    }

    @Override
    int age(Object user) {
        return ((UserRow) user).age;
    }

    @Override
    int insert(User user) {
        return (Integer) with(session -> session.insert(UserRow.of(user)));
    }

    @Override
    void update(int id, int age) {
        with(session -> setAge(session, id, age));
    }

    private static int setAge(StatelessSession session, int id, int age) {
        return session.createMutationQuery(HibernateRows.SET_AGE)
                .setParameter("age", age)
                .setParameter("id", id)
                .executeUpdate();
    }

    @Override
    void delete(int id) {
        with(session -> session.createMutationQuery(HibernateRows.DELETE)
                .setParameter("id", id)
                .executeUpdate());
    }

    @Override
    void transaction(int id, int age, User another) {
        sessions.inStatelessTransaction(session -> {
            session.get(UserRow.class, id);
            setAge(session, id, age);
            session.insert(UserRow.of(another));
        });
    }

    @Override
    List<UserRow> read(int upTo) {
        return with(session -> session.createSelectionQuery(HibernateRows.READ, UserRow.class)
                .setParameter("upTo", upTo)
                .list());
    }

    @Override
    long oneToMany(int upTo) {
        return CustomerRow.quantity(with(session -> session.createSelectionQuery(HibernateRows.JOIN, CustomerRow.class)
                .setParameter("upTo", upTo)
                .list()));
    }

    @Override
    void insertAll(List<User> users) {
        sessions.inStatelessTransaction(session ->
                session.insertMultiple(users.stream().map(UserRow::of).toList()));
    }

    @Override
    void updateAll(List<User> users) {
        sessions.inStatelessTransaction(session -> {
            session.setJdbcBatchSize(HandWritten.CHUNK);
            session.updateMultiple(users.stream().map(UserRow::known).toList());
        });
    }

    @Override
    void upsertAll(List<User> users) {
        sessions.inStatelessTransaction(session ->
                users.forEach(user -> HibernateRows.bind(session.createMutationQuery(HibernateRows.UPSERT), user)
                        .executeUpdate()));
    }

    @Override
    int page(int after) {
        return with(session -> session.createSelectionQuery(HibernateRows.PAGE, CustomerRow.class)
                        .setParameter("name", Tables.customerName(after))
                        .setParameter("id", after)
                        .setMaxResults(Tables.PAGE)
                        .list())
                .getLast()
                .id;
    }

    private <T> T with(Function<StatelessSession, T> body) {
        try (var session = sessions.openStatelessSession()) {
            return body.apply(session);
        }
    }

    @Override
    public void close() {
        sessions.close();
        pool.close();
    }
}
