package dev.rowan.bench.adapter.ebean;

import static java.util.Objects.requireNonNull;

import dev.rowan.bench.adapter.HandWrittenSql;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.adapter.ebean.EbeanEntities.CustomerRow;
import dev.rowan.bench.adapter.ebean.EbeanEntities.OrderRow;
import dev.rowan.bench.adapter.ebean.EbeanEntities.UserRow;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.database.User;
import io.ebean.Database;
import io.ebean.datasource.DataSourceBuilder;
import java.sql.Connection;
import java.util.List;

/** Ebean: single beans and queries; batches of beans for many rows. An upsert is SQL, which Ebean batches too. */
public final class EbeanAdapter implements LibraryAdapter {

    private final Database database;

    /** Opens Ebean's own pools: one in autocommit mode for reads, and one for transactions. */
    public EbeanAdapter(ConnectionDetails details) {
        database = Database.builder()
                .name("bench")
                .register(false)
                .defaultDatabase(false)
                .dataSourceBuilder(DataSourceBuilder.create()
                        .url(details.serverPreparedAndBatchUrl())
                        .username(details.user())
                        .password(details.password())
                        .isolationLevel(Connection.TRANSACTION_REPEATABLE_READ)
                        .maxConnections(ConnectionDetails.POOL_SIZE))
                .autoReadOnlyDataSource(true)
                .disableClasspathSearch(true)
                .addClass(UserRow.class)
                .addClass(CustomerRow.class)
                .addClass(OrderRow.class)
                .build();
    }

    @Override
    public UserRow find(int id) {
        return requireNonNull(database.find(UserRow.class, id));
    }

    @Override
    public int age(Object user) {
        return ((UserRow) user).age();
    }

    @Override
    public int insert(User user) {
        var row = new UserRow().fresh(user);
        database.insert(row);
        return row.id();
    }

    @Override
    public void update(int id, int age) {
        database.update(UserRow.class).set("age", age).where().idEq(id).update();
    }

    @Override
    public void delete(int id) {
        database.delete(UserRow.class, id);
    }

    @Override
    public void transaction(int id, int age, User another) {
        try (var transaction = database.beginTransaction()) {
            var row = find(id);
            row.age(age);
            database.update(row);
            insert(another);
            transaction.commit();
        }
    }

    @Override
    public List<UserRow> read(int maxId) {
        return database.find(UserRow.class).where().le("id", maxId).findList();
    }

    @Override
    public long oneToMany(int maxId) {
        return database.find(CustomerRow.class).fetch("orders").where().le("id", maxId).findList().stream()
                .mapToLong(CustomerRow::quantity)
                .sum();
    }

    @Override
    public void insertAll(List<User> users) {
        inBatches(() -> database.insertAll(
                users.stream().map(user -> new UserRow().fresh(user)).toList()));
    }

    @Override
    public void updateAll(List<User> users) {
        inBatches(() -> database.updateAll(
                users.stream().map(user -> new UserRow().changed(user)).toList()));
    }

    @Override
    public void upsertAll(List<User> users) {
        inBatches(() -> {
            var upsert = database.sqlUpdate(HandWrittenSql.UPSERT);
            for (var user : users) {
                upsert.setParameters(HandWrittenSql.values(user)).execute();
            }
        });
    }

    @Override
    public int page(int afterId) {
        var name = Dataset.customerName(afterId);
        return database.find(CustomerRow.class)
                .where()
                .or()
                .gt("name", name)
                .and()
                .eq("name", name)
                .gt("id", afterId)
                .endAnd()
                .endOr()
                .orderBy("name, id")
                .setMaxRows(Dataset.PAGE_SIZE)
                .findList()
                .getLast()
                .id();
    }

    private void inBatches(Runnable work) {
        try (var transaction = database.beginTransaction()) {
            transaction.setBatchMode(true);
            transaction.setBatchSize(BATCH_SIZE);
            transaction.setGetGeneratedKeys(false);
            work.run();
            transaction.commit();
        }
    }

    @Override
    public void close() {
        database.shutdown();
    }
}
