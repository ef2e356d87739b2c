package dev.rowan.bench.adapter.orm;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.adapter.Batches;
import dev.rowan.bench.adapter.HikariPools;
import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.adapter.orm.SpringDataEntities.CustomerName;
import dev.rowan.bench.adapter.orm.SpringDataEntities.CustomerRow;
import dev.rowan.bench.adapter.orm.SpringDataEntities.UserRow;
import dev.rowan.bench.adapter.orm.SpringDataEntities.Users;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.database.User;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Spring Data JDBC through its template, which unlike a repository opens no transaction to read. A repository's query
 * updates one column. There is no upsert by a unique key, only by the id.
 */
public final class SpringDataAdapter implements LibraryAdapter {

    private final HikariDataSource pool;
    private final AnnotationConfigApplicationContext context;
    private final JdbcAggregateTemplate template;
    private final Users users;
    private final TransactionOperations transactions;

    public SpringDataAdapter(ConnectionDetails details) {
        pool = HikariPools.open(details, details.serverPreparedAndBatchUrl());
        context = SpringDataEntities.open(pool);
        template = context.getBean(JdbcAggregateTemplate.class);
        users = context.getBean(Users.class);
        transactions = context.getBean(TransactionOperations.class);
    }

    @Override
    public UserRow find(int id) {
        return requireNonNull(template.findById(id, UserRow.class));
    }

    @Override
    public int age(Object user) {
        return ((UserRow) user).age();
    }

    @Override
    public int insert(User user) {
        return requireNonNull(template.insert(UserRow.fresh(user)).id());
    }

    @Override
    public void update(int id, int age) {
        users.setAge(id, age);
    }

    @Override
    public void delete(int id) {
        template.deleteById(id, UserRow.class);
    }

    @Override
    public void transaction(int id, int age, User another) {
        transactions.executeWithoutResult(status -> {
            find(id);
            update(id, age);
            insert(another);
        });
    }

    @Override
    public List<UserRow> read(int maxId) {
        return template.findAll(Query.query(Criteria.where("id").lessThanOrEquals(maxId)), UserRow.class);
    }

    @Override
    public long oneToMany(int maxId) {
        var query = Query.query(Criteria.where("id").lessThanOrEquals(maxId));
        long sum = 0;
        for (var customer : template.findAll(query, CustomerRow.class)) {
            for (var order : customer.orders()) {
                sum += order.quantity();
            }
        }
        return sum;
    }

    @Override
    public void insertAll(List<User> rows) {
        inBatches(rows, UserRow::fresh, template::insertAll);
    }

    @Override
    public void updateAll(List<User> rows) {
        inBatches(rows, UserRow::existing, template::updateAll);
    }

    @Override
    public void upsertAll(List<User> rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int page(int afterId) {
        var name = Dataset.customerName(afterId);
        var following = Criteria.where("name")
                .greaterThan(name)
                .or(Criteria.where("name").is(name).and("id").greaterThan(afterId));
        var query = Query.query(following).sort(Sort.by("name", "id")).limit(Dataset.PAGE_SIZE);
        return template.findAll(query, CustomerName.class).getLast().id();
    }

    private void inBatches(List<User> rows, Function<User, UserRow> row, Consumer<List<UserRow>> action) {
        transactions.executeWithoutResult(status -> Batches.forEach(
                rows, batch -> action.accept(batch.stream().map(row).toList())));
    }

    @Override
    public void close() {
        context.close();
        pool.close();
    }
}
