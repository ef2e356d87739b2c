package dev.rowan.bench.adapter.orm;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.adapter.HikariPools;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.adapter.orm.HibernateEntities.CustomerRow;
import dev.rowan.bench.adapter.orm.HibernateEntities.UserRow;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.database.User;
import java.util.List;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Hibernate's stateless session: one statement per call in autocommit mode; batches in a transaction for many rows. */
public final class HibernateStatelessAdapter implements LibraryAdapter {

    private final HikariDataSource pool;
    private final SessionFactory sessions;

    public HibernateStatelessAdapter(ConnectionDetails details) {
        pool = HikariPools.open(details, details.serverPreparedAndBatchUrl());
        sessions = HibernateEntities.open(pool);
    }

    @Override
    public UserRow find(int id) {
        return with(session -> session.get(UserRow.class, id));
    }

    @Override
    public int age(Object user) {
        return ((UserRow) user).age;
    }

    @Override
    public int insert(User user) {
        return (Integer) with(session -> session.insert(UserRow.of(user)));
    }

    @Override
    public void update(int id, int age) {
        with(session -> setAge(session, id, age));
    }

    private static int setAge(StatelessSession session, int id, int age) {
        return session.createMutationQuery(HibernateEntities.SET_AGE)
                .setParameter("age", age)
                .setParameter("id", id)
                .executeUpdate();
    }

    @Override
    public void delete(int id) {
        with(session -> session.createMutationQuery(HibernateEntities.DELETE)
                .setParameter("id", id)
                .executeUpdate());
    }

    @Override
    public void transaction(int id, int age, User another) {
        sessions.inStatelessTransaction(session -> {
            session.get(UserRow.class, id);
            setAge(session, id, age);
            session.insert(UserRow.of(another));
        });
    }

    @Override
    public List<UserRow> read(int maxId) {
        return with(session -> session.createSelectionQuery(HibernateEntities.READ, UserRow.class)
                .setParameter("maxId", maxId)
                .list());
    }

    @Override
    public long oneToMany(int maxId) {
        return CustomerRow.quantity(
                with(session -> session.createSelectionQuery(HibernateEntities.JOIN, CustomerRow.class)
                        .setParameter("maxId", maxId)
                        .list()));
    }

    @Override
    public void insertAll(List<User> users) {
        sessions.inStatelessTransaction(session ->
                session.insertMultiple(users.stream().map(UserRow::of).toList()));
    }

    @Override
    public void updateAll(List<User> users) {
        sessions.inStatelessTransaction(session -> {
            session.setJdbcBatchSize(BATCH_SIZE);
            session.updateMultiple(users.stream().map(UserRow::existing).toList());
        });
    }

    @Override
    public void upsertAll(List<User> users) {
        sessions.inStatelessTransaction(session -> users.forEach(
                user -> HibernateEntities.bind(session.createMutationQuery(HibernateEntities.UPSERT), user)
                        .executeUpdate()));
    }

    @Override
    public int page(int afterId) {
        return with(session -> session.createSelectionQuery(HibernateEntities.PAGE, CustomerRow.class)
                        .setParameter("name", Dataset.customerName(afterId))
                        .setParameter("id", afterId)
                        .setMaxResults(Dataset.PAGE_SIZE)
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
