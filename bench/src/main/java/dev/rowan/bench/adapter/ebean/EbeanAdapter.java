package dev.rowan.bench;

import static java.util.Objects.requireNonNull;

import dev.rowan.bench.ebean.EbeanRows.CustomerRow;
import dev.rowan.bench.ebean.EbeanRows.OrderRow;
import dev.rowan.bench.ebean.EbeanRows.UserRow;
import io.ebean.Database;
import io.ebean.datasource.DataSourceBuilder;
import java.sql.Connection;
import java.util.List;

/** Ebean: queries and beans one by one, collections of beans in batches; an upsert is SQL, which it sends in batches too. */
final class EbeanContestant extends Contestant {

    private final Database database;

    /** With pools of its own: one in autocommit for what is read alone, and one for transactions. */
    EbeanContestant(Target target) {
        database = Database.builder()
                .name("bench")
                .register(false)
                .defaultDatabase(false)
                .dataSourceBuilder(DataSourceBuilder.create()
                        .url(target.batching())
                        .username(target.user())
                        .password(target.password())
                        .isolationLevel(Connection.TRANSACTION_REPEATABLE_READ)
                        .maxConnections(Target.POOL))
                .autoReadOnlyDataSource(true)
                .disableClasspathSearch(true)
                .addClass(UserRow.class)
                .addClass(CustomerRow.class)
                .addClass(OrderRow.class)
                .build();
    }

    @Override
    UserRow find(int id) {
        return requireNonNull(database.find(UserRow.class, id));
    }

    @Override
    int age(Object user) {
        return ((UserRow) user).age();
    }

    @Override
    int insert(User user) {
        var row = new UserRow().unknown(user);
        database.insert(row);
        return row.id();
    }

    @Override
    void update(int id, int age) {
        database.update(UserRow.class).set("age", age).where().idEq(id).update();
    }

    @Override
    void delete(int id) {
        database.delete(UserRow.class, id);
    }

    @Override
    void transaction(int id, int age, User another) {
        try (var transaction = database.beginTransaction()) {
            var row = find(id);
            row.age(age);
            database.update(row);
            insert(another);
            transaction.commit();
        }
    }

    @Override
    List<UserRow> read(int upTo) {
        return database.find(UserRow.class).where().le("id", upTo).findList();
    }

    @Override
    long oneToMany(int upTo) {
        return database.find(CustomerRow.class).fetch("orders").where().le("id", upTo).findList().stream()
                .mapToLong(CustomerRow::quantity)
                .sum();
    }

    @Override
    void insertAll(List<User> users) {
        inBatches(() -> database.insertAll(
                users.stream().map(user -> new UserRow().unknown(user)).toList()));
    }

    @Override
    void updateAll(List<User> users) {
        inBatches(() -> database.updateAll(
                users.stream().map(user -> new UserRow().changed(user)).toList()));
    }

    @Override
    void upsertAll(List<User> users) {
        inBatches(() -> {
            var upsert = database.sqlUpdate(HandWritten.UPSERT);
            for (var user : users) {
                upsert.setParameters(HandWritten.values(user)).execute();
            }
        });
    }

    @Override
    int page(int after) {
        var name = Tables.customerName(after);
        return database.find(CustomerRow.class)
                .where()
                .or()
                .gt("name", name)
                .and()
                .eq("name", name)
                .gt("id", after)
                .endAnd()
                .endOr()
                .orderBy("name, id")
                .setMaxRows(Tables.PAGE)
                .findList()
                .getLast()
                .id();
    }

    private void inBatches(Runnable work) {
        try (var transaction = database.beginTransaction()) {
            transaction.setBatchMode(true);
            transaction.setBatchSize(HandWritten.CHUNK);
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
