package dev.rowan.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.HibernateRows.CustomerRow;
import dev.rowan.bench.HibernateRows.UserRow;
import java.util.List;
import java.util.function.BiConsumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/** Hibernate's session: what is read needs no transaction; what is written is flushed by one, in batches if many. */
final class HibernateContestant extends Contestant {

    private final HikariDataSource pool;
    private final SessionFactory sessions;

    HibernateContestant(Target target) {
        pool = Pools.open(target, target.batching());
        sessions = HibernateRows.open(pool);
    }

    @Override
    UserRow find(int id) {
        try (var session = sessions.openSession()) {
            return session.find(UserRow.class, id);
        }
    }

    @Override
    int age(Object user) {
        return ((UserRow) user).age;
    }

    @Override
    int insert(User user) {
        var row = UserRow.of(user);
        sessions.inTransaction(session -> session.persist(row));
        return row.id;
    }

    @Override
    void update(int id, int age) {
        sessions.inTransaction(session -> session.createMutationQuery(HibernateRows.SET_AGE)
                .setParameter("age", age)
                .setParameter("id", id)
                .executeUpdate());
    }

    @Override
    void delete(int id) {
        sessions.inTransaction(session -> session.createMutationQuery(HibernateRows.DELETE)
                .setParameter("id", id)
                .executeUpdate());
    }

    @Override
    void transaction(int id, int age, User another) {
        sessions.inTransaction(session -> {
            session.find(UserRow.class, id).age = age;
            session.persist(UserRow.of(another));
        });
    }

    @Override
    List<UserRow> read(int upTo) {
        try (var session = sessions.openSession()) {
            return session.createSelectionQuery(HibernateRows.READ, UserRow.class)
                    .setParameter("upTo", upTo)
                    .setReadOnly(true)
                    .list();
        }
    }

    @Override
    long oneToMany(int upTo) {
        try (var session = sessions.openSession()) {
            return CustomerRow.quantity(session.createSelectionQuery(HibernateRows.JOIN, CustomerRow.class)
                    .setParameter("upTo", upTo)
                    .setReadOnly(true)
                    .list());
        }
    }

    @Override
    void insertAll(List<User> users) {
        inChunks(users, (session, chunk) -> chunk.forEach(user -> session.persist(UserRow.of(user))));
    }

    @Override
    void updateAll(List<User> users) {
        inChunks(users, (session, chunk) -> {
            var rows = session.findMultiple(
                    UserRow.class, chunk.stream().map(User::id).toList());
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).age = chunk.get(i).age();
                rows.get(i).balance = chunk.get(i).balance();
            }
        });
    }

    @Override
    void upsertAll(List<User> users) {
        sessions.inTransaction(session ->
                users.forEach(user -> HibernateRows.bind(session.createMutationQuery(HibernateRows.UPSERT), user)
                        .executeUpdate()));
    }

    @Override
    int page(int after) {
        try (var session = sessions.openSession()) {
            return session.createSelectionQuery(HibernateRows.PAGE, CustomerRow.class)
                    .setParameter("name", Tables.customerName(after))
                    .setParameter("id", after)
                    .setMaxResults(Tables.PAGE)
                    .setReadOnly(true)
                    .list()
                    .getLast()
                    .id;
        }
    }

    private void inChunks(List<User> users, BiConsumer<Session, List<User>> each) {
        sessions.inTransaction(session -> {
            for (int from = 0; from < users.size(); from += HandWritten.CHUNK) {
                each.accept(session, users.subList(from, Math.min(from + HandWritten.CHUNK, users.size())));
                session.flush();
                session.clear();
            }
        });
    }

    @Override
    public void close() {
        sessions.close();
        pool.close();
    }
}
