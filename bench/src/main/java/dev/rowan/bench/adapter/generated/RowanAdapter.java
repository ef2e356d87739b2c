package dev.rowan.bench.adapter.generated;

import static dev.rowan.bench.schema.Tables.CUSTOMERS;
import static dev.rowan.bench.schema.Tables.USERS;

import dev.rowan.Database;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.database.User;
import dev.rowan.bench.schema.Keys;
import dev.rowan.bench.schema.repositories.CustomersRepository;
import dev.rowan.bench.schema.repositories.UsersRepository;
import dev.rowan.bench.schema.tables.records.UsersRecord;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.Merging;
import dev.rowan.result.PageRequest;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Rowan with generated repositories; concurrent calls are merged, writes as well as reads. */
public final class RowanAdapter implements LibraryAdapter {

    private final Database database;
    private final UsersRepository users;
    private final CustomersRepository customers;
    private final ConcurrentMap<Integer, PageRequest> pages = new ConcurrentHashMap<>();

    public RowanAdapter(ConnectionDetails details) {
        database = Database.open(DatabaseOptions.of(details.plainTextUrl(), details.user(), details.password())
                .withPoolSize(ConnectionDetails.POOL_SIZE)
                .withMerging(Merging.ALL));
        users = new UsersRepository(database);
        customers = new CustomersRepository(database);
    }

    @Override
    public UsersRecord find(int id) {
        return users.get(id);
    }

    @Override
    public int age(Object user) {
        return ((UsersRecord) user).getAge();
    }

    @Override
    public int insert(User user) {
        return users.insert(UserRecords.fresh(user)).getId();
    }

    @Override
    public void update(int id, int age) {
        users.update(id, u -> u.setAge(age));
    }

    @Override
    public void delete(int id) {
        users.delete(id);
    }

    @Override
    public void transaction(int id, int age, User another) {
        database.transaction(session -> {
            var inSession = users.in(session);
            inSession.get(id);
            inSession.update(id, u -> u.setAge(age));
            inSession.insert(UserRecords.fresh(another));
        });
    }

    @Override
    public List<UsersRecord> read(int maxId) {
        return users.where(USERS.ID.le(maxId)).list();
    }

    @Override
    public long oneToMany(int maxId) {
        long sum = 0;
        for (var customer : customers
                .where(CUSTOMERS.ID.le(maxId))
                .with(CustomersRepository.ORDERS)
                .list()) {
            for (var order : customer.orders()) {
                sum += order.getQuantity();
            }
        }
        return sum;
    }

    @Override
    public void insertAll(List<User> rows) {
        users.insertAll(rows.stream().map(UserRecords::fresh).toList());
    }

    @Override
    public void load(List<User> rows) {
        users.load(rows.stream().map(UserRecords::fresh));
    }

    @Override
    public void updateAll(List<User> rows) {
        users.updateAll(rows.stream().map(UserRecords::changed).toList());
    }

    @Override
    public void upsertAll(List<User> rows) {
        users.upsertAll(rows.stream().map(UserRecords::fresh).toList()).on(Keys.KEY_USERS_UK_USERS_EMAIL);
    }

    @Override
    public int page(int afterId) {
        var page = customers.all().orderBy(CUSTOMERS.NAME).page(pages.computeIfAbsent(afterId, this::pageAfter));
        return page.items().getLast().getId();
    }

    /** Reads the page before: its result contains the request for this page. */
    private PageRequest pageAfter(int id) {
        if (id == 0) {
            return PageRequest.first(Dataset.PAGE_SIZE);
        }
        var before = customers
                .where(CUSTOMERS.NAME.gt(Dataset.customerName(id - Dataset.PAGE_SIZE)))
                .orderBy(CUSTOMERS.NAME);
        return before.page(PageRequest.first(Dataset.PAGE_SIZE)).next().orElseThrow();
    }

    @Override
    public void close() {
        database.close();
    }
}
