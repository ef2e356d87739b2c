package dev.rowan.bench.adapter.orm;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.adapter.Batches;
import dev.rowan.bench.adapter.HikariPools;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.adapter.orm.HibernateEntities.CustomerRow;
import dev.rowan.bench.adapter.orm.HibernateEntities.UserRow;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.database.User;
import java.util.List;
import java.util.function.BiConsumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/** Hibernate's session: reads run without a transaction; writes are flushed at its commit, in batches for many rows. */
public final class HibernateAdapter implements LibraryAdapter {

    private final HikariDataSource pool;
    private final SessionFactory sessions;

    public HibernateAdapter(ConnectionDetails details) {
        pool = HikariPools.open(details, details.serverPreparedAndBatchUrl());
        sessions = HibernateEntities.open(pool);
    }

    @Override
    public UserRow find(int id) {
        try (var session = sessions.openSession()) {
            return session.find(UserRow.class, id);
        }
    }

    @Override
    public int age(Object user) {
        return ((UserRow) user).age;
    }

    @Override
    public int insert(User user) {
        var row = UserRow.of(user);
        sessions.inTransaction(session -> session.persist(row));
        return row.id;
    }

    @Override
    public void update(int id, int age) {
        sessions.inTransaction(session -> session.createMutationQuery(HibernateEntities.SET_AGE)
                .setParameter("age", age)
                .setParameter("id", id)
                .executeUpdate());
    }

    @Override
    public void delete(int id) {
        sessions.inTransaction(session -> session.createMutationQuery(HibernateEntities.DELETE)
                .setParameter("id", id)
                .executeUpdate());
    }

    @Override
    public void transaction(int id, int age, User another) {
        sessions.inTransaction(session -> {
            session.find(UserRow.class, id).age = age;
            session.persist(UserRow.of(another));
        });
    }

    @Override
    public List<UserRow> read(int maxId) {
        try (var session = sessions.openSession()) {
            return session.createSelectionQuery(HibernateEntities.READ, UserRow.class)
                    .setParameter("maxId", maxId)
                    .setReadOnly(true)
                    .list();
        }
    }

    @Override
    public long oneToMany(int maxId) {
        try (var session = sessions.openSession()) {
            return CustomerRow.quantity(session.createSelectionQuery(HibernateEntities.JOIN, CustomerRow.class)
                    .setParameter("maxId", maxId)
                    .setReadOnly(true)
                    .list());
        }
    }

    @Override
    public void insertAll(List<User> users) {
        inBatches(users, (session, batch) -> batch.forEach(user -> session.persist(UserRow.of(user))));
    }

    @Override
    public void updateAll(List<User> users) {
        inBatches(users, (session, batch) -> {
            var rows = session.findMultiple(
                    UserRow.class, batch.stream().map(User::id).toList());
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).age = batch.get(i).age();
                rows.get(i).balance = batch.get(i).balance();
            }
        });
    }

    @Override
    public void upsertAll(List<User> users) {
        sessions.inTransaction(session -> users.forEach(
                user -> HibernateEntities.bind(session.createMutationQuery(HibernateEntities.UPSERT), user)
                        .executeUpdate()));
    }

    @Override
    public int page(int afterId) {
        try (var session = sessions.openSession()) {
            return session.createSelectionQuery(HibernateEntities.PAGE, CustomerRow.class)
                    .setParameter("name", Dataset.customerName(afterId))
                    .setParameter("id", afterId)
                    .setMaxResults(Dataset.PAGE_SIZE)
                    .setReadOnly(true)
                    .list()
                    .getLast()
                    .id;
        }
    }

    private void inBatches(List<User> users, BiConsumer<Session, List<User>> action) {
        sessions.inTransaction(session -> Batches.forEach(users, batch -> {
            action.accept(session, batch);
            session.flush();
            session.clear();
        }));
    }

    @Override
    public void close() {
        sessions.close();
        pool.close();
    }
}
