package dev.rowan.bench;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.SpringDataRows.CustomerName;
import dev.rowan.bench.SpringDataRows.CustomerRow;
import dev.rowan.bench.SpringDataRows.UserRow;
import dev.rowan.bench.SpringDataRows.Users;
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
 * Spring Data JDBC by its template, which unlike a repository's own methods does not open a transaction to read; and by a
 * repository's query, where one column is to be set. It has no upsert by a unique key, only by the id.
 */
final class SpringDataContestant extends Contestant {

    private final HikariDataSource pool;
    private final AnnotationConfigApplicationContext context;
    private final JdbcAggregateTemplate template;
    private final Users users;
    private final TransactionOperations transactions;

    SpringDataContestant(Target target) {
        pool = Pools.open(target, target.batching());
        context = SpringDataRows.open(pool);
        template = context.getBean(JdbcAggregateTemplate.class);
        users = context.getBean(Users.class);
        transactions = context.getBean(TransactionOperations.class);
    }

    @Override
    UserRow find(int id) {
        return requireNonNull(template.findById(id, UserRow.class));
    }

    @Override
    int age(Object user) {
        return ((UserRow) user).age();
    }

    @Override
    int insert(User user) {
        return requireNonNull(template.insert(UserRow.unknown(user)).id());
    }

    @Override
    void update(int id, int age) {
        users.setAge(id, age);
    }

    @Override
    void delete(int id) {
        template.deleteById(id, UserRow.class);
    }

    @Override
    void transaction(int id, int age, User another) {
        transactions.executeWithoutResult(status -> {
            find(id);
            update(id, age);
            insert(another);
        });
    }

    @Override
    List<UserRow> read(int upTo) {
        return template.findAll(Query.query(Criteria.where("id").lessThanOrEquals(upTo)), UserRow.class);
    }

    @Override
    long oneToMany(int upTo) {
        var query = Query.query(Criteria.where("id").lessThanOrEquals(upTo));
        long sum = 0;
        for (var customer : template.findAll(query, CustomerRow.class)) {
            for (var order : customer.orders()) {
                sum += order.quantity();
            }
        }
        return sum;
    }

    @Override
    void insertAll(List<User> rows) {
        inChunks(rows, UserRow::unknown, template::insertAll);
    }

    @Override
    void updateAll(List<User> rows) {
        inChunks(rows, UserRow::known, template::updateAll);
    }

    @Override
    void upsertAll(List<User> rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    int page(int after) {
        var name = Tables.customerName(after);
        var following = Criteria.where("name")
                .greaterThan(name)
                .or(Criteria.where("name").is(name).and("id").greaterThan(after));
        var query = Query.query(following).sort(Sort.by("name", "id")).limit(Tables.PAGE);
        return template.findAll(query, CustomerName.class).getLast().id();
    }

    private void inChunks(List<User> rows, Function<User, UserRow> row, Consumer<List<UserRow>> each) {
        transactions.executeWithoutResult(status -> {
            for (int from = 0; from < rows.size(); from += HandWritten.CHUNK) {
                each.accept(rows.subList(from, Math.min(from + HandWritten.CHUNK, rows.size())).stream()
                        .map(row)
                        .toList());
            }
        });
    }

    @Override
    public void close() {
        context.close();
        pool.close();
    }
}
