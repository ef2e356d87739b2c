package dev.rowan.bench;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.Merging;
import dev.rowan.result.PageRequest;

import static dev.rowan.bench.schema.Tables.CUSTOMERS;
import static dev.rowan.bench.schema.Tables.USERS;

import dev.rowan.bench.schema.Keys;
import dev.rowan.bench.schema.repositories.CustomersRepository;
import dev.rowan.bench.schema.repositories.UsersRepository;
import dev.rowan.bench.schema.tables.records.UsersRecord;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Rowan, by its repositories, with writes that wait together merged as reads are. */
final class RowanContestant extends Contestant {

    private final Database database;
    private final UsersRepository users;
    private final CustomersRepository customers;
    private final ConcurrentMap<Integer, PageRequest> pages = new ConcurrentHashMap<>();

    RowanContestant(Target target) {
        database = Database.open(DatabaseOptions.of(target.plain(), target.user(), target.password())
                .withPoolSize(Target.POOL)
                .withMerging(Merging.ALL));
        users = new UsersRepository(database);
        customers = new CustomersRepository(database);
    }

    @Override
    UsersRecord find(int id) {
        return users.get(id);
    }

    @Override
    int age(Object user) {
        return ((UsersRecord) user).getAge();
    }

    @Override
    int insert(User user) {
        return users.insert(row(user)).getId();
    }

    @Override
    void update(int id, int age) {
        users.update(id, u -> u.setAge(age));
    }

    @Override
    void delete(int id) {
        users.delete(id);
    }

    @Override
    void transaction(int id, int age, User another) {
        database.transaction(session -> {
            var inSession = users.in(session);
            inSession.get(id);
            inSession.update(id, u -> u.setAge(age));
            inSession.insert(row(another));
        });
    }

    @Override
    List<UsersRecord> read(int upTo) {
        return users.where(USERS.ID.le(upTo)).list();
    }

    @Override
    long oneToMany(int upTo) {
        long sum = 0;
        for (var customer : customers
                .where(CUSTOMERS.ID.le(upTo))
                .with(CustomersRepository.ORDERS)
                .list()) {
            for (var order : customer.orders()) {
                sum += order.getQuantity();
            }
        }
        return sum;
    }

    @Override
    void insertAll(List<User> rows) {
        users.insertAll(rows.stream().map(RowanContestant::row).toList());
    }

    @Override
    void load(List<User> rows) {
        users.load(rows.stream().map(RowanContestant::row));
    }

    @Override
    void updateAll(List<User> rows) {
        users.updateAll(rows.stream().map(RowanContestant::changed).toList());
    }

    @Override
    void upsertAll(List<User> rows) {
        users.upsertAll(rows.stream().map(RowanContestant::row).toList()).on(Keys.KEY_USERS_UK_USERS_EMAIL);
    }

    @Override
    int page(int after) {
        var page = customers.all().orderBy(CUSTOMERS.NAME).page(pages.computeIfAbsent(after, this::pageAfter));
        return page.items().getLast().getId();
    }

    /** The page before leads to it, wherever it was begun. */
    private PageRequest pageAfter(int id) {
        if (id == 0) {
            return PageRequest.first(Tables.PAGE);
        }
        var before = customers
                .where(CUSTOMERS.NAME.gt(Tables.customerName(id - Tables.PAGE)))
                .orderBy(CUSTOMERS.NAME);
        return before.page(PageRequest.first(Tables.PAGE)).next().orElseThrow();
    }

    private static UsersRecord row(User user) {
        return new UsersRecord()
                .setName(user.name())
                .setEmail(user.email())
                .setAge(user.age())
                .setCity(user.city())
                .setBalance(user.balance())
                .setActive(user.active())
                .setCreatedAt(user.createdAt());
    }

    /** Returns a record as one that was read, with what is new. */
    private static UsersRecord changed(User user) {
        var row = new UsersRecord().setId(user.id());
        row.touched(false);
        return row.setAge(user.age()).setBalance(user.balance());
    }

    @Override
    public void close() {
        database.close();
    }
}
