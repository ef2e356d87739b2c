package dev.rowan.testing;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.ORDER_ITEMS;
import static dev.rowan.shop.Tables.ROLES;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.record.KeyedRecord;
import dev.rowan.shop.repositories.OrderItemsRepository;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UserRolesKey;
import dev.rowan.shop.repositories.UserRolesRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UserRolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes random changes, each to the records of a session and, at once, to another database with plain SQL. The session
 * decides when it writes. The other database tells which rows there are to change. A user is only invited by an older
 * one, so that the references have no cycle.
 */
public final class RandomChanges {

    private final Random random;
    private final String prefix;
    private final Session session;
    private final boolean autoFlush;
    private final PlainSqlShop plainSql;
    private final UsersRepository users;
    private final OrdersRepository orders;
    private final OrderItemsRepository items;
    private final RolesRepository roles;
    private final UserRolesRepository grants;

    /** The records of the session by the labels of their rows, without those that are to be deleted. */
    private Map<String, KeyedRecord<?>> records = new HashMap<>();

    private int labels;
    private int depth;
    private int deletions;

    /**
     * Prepares changes of one session.
     *
     * @param prefix distinguishes the labels of the new rows from those of other sessions
     */
    public RandomChanges(
            Random random,
            String prefix,
            Database database,
            Session session,
            boolean autoFlush,
            PlainSqlShop plainSql) {
        this.random = random;
        this.prefix = prefix;
        this.session = session;
        this.autoFlush = autoFlush;
        this.plainSql = plainSql;
        this.users = new UsersRepository(database).in(session);
        this.orders = new OrdersRepository(database).in(session);
        this.items = new OrderItemsRepository(database).in(session);
        this.roles = new RolesRepository(database).in(session);
        this.grants = new UserRolesRepository(database).in(session);
    }

    /** Makes one change, if there is a row to be changed. */
    public void next() {
        switch (random.nextInt(24)) {
            case 0, 1 -> addUser(null);
            case 2, 3, 4 -> randomLabel("users", "name").ifPresent(this::addOrder);
            case 5, 6, 7 -> randomLabel("orders", "note").ifPresent(this::addItem);
            case 8 -> randomLabel("users", "name").ifPresent(this::grant);
            case 9 -> randomLabel("users", "name").ifPresent(this::setAge);
            case 10 -> randomLabel("orders", "note").ifPresent(this::setTotal);
            case 11 -> randomLabel("order_items", "product").ifPresent(this::setQuantity);
            case 12 -> randomLabel("users", "name").ifPresent(this::invite);
            case 13 -> randomLabel("orders", "note").ifPresent(this::approve);
            case 14 -> randomLabel("orders", "note").ifPresent(this::moveOrder);
            case 15 -> randomLabel("order_items", "product").ifPresent(this::moveItem);
            case 16 -> randomLabel("order_items", "product").ifPresent(this::deleteItem);
            case 17 -> randomLabel("orders", "note").ifPresent(this::deleteOrder);
            case 18 -> randomLabel("users", "name").ifPresent(this::deleteUser);
            case 19 -> reuseEmail();
            case 20 -> randomLabel("users", "name").ifPresent(this::refresh);
            case 21 -> randomLabel("users", "name").ifPresent(this::incrementAge);
            case 22 -> subscribe();
            default -> nested();
        }
        if (random.nextInt(8) == 0) {
            flush();
        }
    }

    private String label(String kind) {
        return kind + prefix + "." + labels++;
    }

    private Optional<String> randomLabel(String table, String label) {
        var found = plainSql.labels("select " + label + " from " + table + " order by " + label);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(random.nextInt(found.size())));
    }

    // --- The record of a row, read if the session does not have it yet

    private UsersRecord user(String label) {
        return (UsersRecord) records.computeIfAbsent(
                label, l -> users.where(USERS.NAME.eq(l)).one());
    }

    private OrdersRecord order(String label) {
        return (OrdersRecord) records.computeIfAbsent(
                label, l -> orders.where(ORDERS.NOTE.eq(l)).one());
    }

    private OrderItemsRecord item(String label) {
        return (OrderItemsRecord) records.computeIfAbsent(
                label, l -> items.where(ORDER_ITEMS.PRODUCT.eq(l)).one());
    }

    private RolesRecord role(String label) {
        return (RolesRecord) records.computeIfAbsent(
                label, l -> roles.where(ROLES.NAME.eq(l)).one());
    }

    // --- New rows

    /** Adds records that were created outside the session. */
    public void add(NewRows rows) {
        session.add(rows.user);
        records.put(rows.user.getName(), rows.user);
        records.put(rows.order.getNote(), rows.order);
        records.put(rows.item.getProduct(), rows.item);
        insertUser(rows.user.getName(), null);
        insertOrder(rows.order.getNote(), rows.user.getName(), BigDecimal.ONE);
        insertItem(rows.item.getProduct(), rows.order.getNote(), rows.item.getLineNo());
    }

    private String addUser(@Nullable String email) {
        var label = label("user");
        var user = new UsersRecord().setName(label);
        if (email != null) {
            user.setEmail(email);
        }
        var inviter = random.nextBoolean() ? randomLabel("users", "name") : Optional.<String>empty();
        inviter.ifPresent(by -> {
            if (random.nextBoolean()) {
                UsersRepository.INVITER.set(user, user(by));
            } else {
                UsersRepository.USERS_BY_INVITER.add(user(by), user);
            }
        });
        session.add(user);
        records.put(label, user);
        insertUser(label, email);
        inviter.ifPresent(by -> plainSql.run(
                "update users set inviter_id = ? where name = ?", plainSql.id("users", "name", by), label));
        return label;
    }

    private void insertUser(String label, @Nullable String email) {
        plainSql.run("insert into users (name, email) values (?, ?)", label, email);
    }

    private void addOrder(String owner) {
        var label = label("order");
        var total = BigDecimal.valueOf(random.nextInt(100));
        var order = new OrdersRecord().setNote(label).setTotal(total);
        if (random.nextBoolean()) {
            UsersRepository.ORDERS.add(user(owner), order);
        } else {
            OrdersRepository.USER.set(order, user(owner));
            session.add(order);
        }
        records.put(label, order);
        insertOrder(label, owner, total);
    }

    private void insertOrder(String label, String owner, BigDecimal total) {
        plainSql.run(
                "insert into orders (note, user_id, total) values (?, ?, ?)",
                label,
                plainSql.id("users", "name", owner),
                total);
    }

    private void addItem(String parent) {
        var label = label("item");
        var line = plainSql.nextNumber("order_items", "line_no");
        var item = new OrderItemsRecord().setProduct(label).setLineNo(line).setPrice(BigDecimal.TEN);
        if (random.nextBoolean()) {
            OrdersRepository.ITEMS.add(order(parent), item);
        } else {
            OrderItemsRepository.ORDER.set(item, order(parent));
            session.add(item);
        }
        records.put(label, item);
        insertItem(label, parent, line);
    }

    private void insertItem(String label, String parent, int line) {
        plainSql.run(
                "insert into order_items (product, order_id, line_no, price) values (?, ?, ?, 10)",
                label,
                plainSql.id("orders", "note", parent),
                line);
    }

    private void grant(String holder) {
        var known = randomLabel("roles", "name");
        var label = known.isPresent() && random.nextInt(3) > 0 ? known.get() : label("role");
        var held = plainSql.labels(
                "select 1 from user_roles l join users u on u.id = l.user_id join roles r on r.id = l.role_id"
                        + " where u.name = ? and r.name = ?",
                holder,
                label);
        if (!held.isEmpty()) {
            return;
        }
        if (!known.equals(Optional.of(label))) {
            records.put(label, new RolesRecord().setName(label));
            plainSql.run("insert into roles (name) values (?)", label);
        }
        var grant = new UserRolesRecord();
        UserRolesRepository.ROLE.set(grant, role(label));
        UsersRepository.USER_ROLES.add(user(holder), grant);
        records.put(holder + "|" + label, grant);
        plainSql.run(
                "insert into user_roles (user_id, role_id) values (?, ?)",
                plainSql.id("users", "name", holder),
                plainSql.id("roles", "name", label));
    }

    // --- Columns and references

    private void setAge(String label) {
        var age = random.nextInt(50);
        user(label).setAge(age);
        plainSql.run("update users set age = ? where name = ?", age, label);
    }

    private void setTotal(String label) {
        var total = BigDecimal.valueOf(random.nextInt(100));
        order(label).setTotal(total);
        plainSql.run("update orders set total = ? where note = ?", total, label);
    }

    private void setQuantity(String label) {
        var quantity = 1 + random.nextInt(9);
        item(label).set(ORDER_ITEMS.QUANTITY, org.jooq.types.UInteger.valueOf(quantity));
        plainSql.run("update order_items set quantity = ? where product = ?", quantity, label);
    }

    private void invite(String label) {
        var older = plainSql.labels(
                "select name from users where id < ? order by name", plainSql.id("users", "name", label));
        if (older.isEmpty() || random.nextInt(3) == 0) {
            UsersRepository.INVITER.clear(user(label));
            plainSql.run("update users set inviter_id = null where name = ?", label);
        } else {
            var by = older.get(random.nextInt(older.size()));
            UsersRepository.INVITER.set(user(label), user(by));
            plainSql.run("update users set inviter_id = ? where name = ?", plainSql.id("users", "name", by), label);
        }
    }

    private void approve(String label) {
        if (random.nextInt(3) == 0) {
            OrdersRepository.APPROVER.clear(order(label));
            plainSql.run("update orders set approver_id = null where note = ?", label);
        } else {
            var by = randomLabel("users", "name").orElseThrow();
            OrdersRepository.APPROVER.set(order(label), user(by));
            plainSql.run("update orders set approver_id = ? where note = ?", plainSql.id("users", "name", by), label);
        }
    }

    private void moveOrder(String label) {
        moveOrder(label, randomLabel("users", "name").orElseThrow());
    }

    private void moveOrder(String label, String to) {
        OrdersRepository.USER.set(order(label), user(to));
        plainSql.run("update orders set user_id = ? where note = ?", plainSql.id("users", "name", to), label);
    }

    private void moveItem(String label) {
        var to = randomLabel("orders", "note").orElseThrow();
        OrderItemsRepository.ORDER.set(item(label), order(to));
        plainSql.run("update order_items set order_id = ? where product = ?", plainSql.id("orders", "note", to), label);
    }

    // --- Deletes

    private void deleteItem(String label) {
        delete(item(label));
        records.remove(label);
        plainSql.run("delete from order_items where product = ?", label);
    }

    private void delete(KeyedRecord<?> record) {
        switch (record) {
            case UsersRecord user -> session.delete(user);
            case OrdersRecord order -> session.delete(order);
            case OrderItemsRecord item -> session.delete(item);
            case UserRolesRecord grant -> session.delete(grant);
            default -> throw new IllegalArgumentException();
        }
        deletions++;
    }

    /** Deletes an order with its items, some of which the server deletes by a cascade. */
    private void deleteOrder(String label) {
        for (var item : plainSql.labels(
                "select product from order_items where order_id = ? order by product",
                plainSql.id("orders", "note", label))) {
            if (records.containsKey(item) || random.nextBoolean()) {
                deleteItem(item);
            }
        }
        delete(order(label));
        records.remove(label);
        plainSql.run("delete from orders where note = ?", label);
    }

    private void deleteUser(String label) {
        var id = plainSql.id("users", "name", label);
        for (var order : plainSql.labels("select note from orders where user_id = ? order by note", id)) {
            var others = plainSql.labels("select name from users where id <> ? order by name", id);
            if (others.isEmpty() || random.nextBoolean()) {
                deleteOrder(order);
            } else {
                moveOrder(order, others.get(random.nextInt(others.size())));
            }
        }
        for (var order : plainSql.labels("select note from orders where approver_id = ? order by note", id)) {
            OrdersRepository.APPROVER.clear(order(order));
            plainSql.run("update orders set approver_id = null where note = ?", order);
        }
        for (var invited : plainSql.labels("select name from users where inviter_id = ? order by name", id)) {
            UsersRepository.INVITER.clear(user(invited));
            plainSql.run("update users set inviter_id = null where name = ?", invited);
        }
        for (var role : plainSql.labels(
                "select r.name from user_roles l join roles r on r.id = l.role_id where l.user_id = ? order by 1",
                id)) {
            var grant = (UserRolesRecord) records.remove(label + "|" + role);
            if (grant == null && random.nextBoolean()) {
                grant = grants.get(
                        new UserRolesKey(user(label).getId(), role(role).getId()));
            }
            if (grant != null) {
                delete(grant);
            }
        }
        delete(user(label));
        records.remove(label);
        plainSql.run("delete from users where name = ?", label);
    }

    /** Deletes a user, and adds another with the same email. */
    private void reuseEmail() {
        var owner = addUser(label("mail") + "@example.org");
        flush();
        setAge(owner);
        randomLabel("orders", "note").ifPresent(this::setTotal);
        var email = user(owner).getEmail();
        deleteUser(owner);
        addUser(email);
    }

    // --- Reads and other writes

    private void refresh(String label) {
        var user = user(label);
        if (RecordAccess.isNew(user) || user.modified()) {
            flush();
        }
        session.refresh(user);
        check(label);
    }

    /** Updates a row by its key, with an expression. */
    private void incrementAge(String label) {
        var user = user(label);
        if (RecordAccess.isNew(user)) {
            flush();
        }
        users.update(user.getId(), u -> u.set(USERS.AGE, USERS.AGE.plus(1)));
        plainSql.run("update users set age = age + 1 where name = ?", label);
        assertSame(user, users.get(user.getId()));
        check(label);
    }

    /** Updates rows by a condition, which does not change their records; the next read refreshes them. */
    private void subscribe() {
        var labels = plainSql.labels("select name from users order by name").stream()
                .filter(label -> random.nextInt(3) == 0)
                .toList();
        flush();
        var write = users.where(USERS.NAME.in(labels));
        if (random.nextBoolean()) {
            write.update(u -> u.setNewsletter(true));
        } else {
            session.dsl()
                    .update(USERS)
                    .set(USERS.NEWSLETTER, true)
                    .where(USERS.NAME.in(labels))
                    .execute();
        }
        for (var label : labels) {
            plainSql.run("update users set newsletter = true where name = ?", label);
        }
        if (!autoFlush && random.nextBoolean()) {
            setAge(randomLabel("users", "name").orElse(addUser(null)));
        }
        for (var user : users.all().list()) {
            var record = records.putIfAbsent(user.getName(), user);
            if (record != null) {
                assertSame(record, user);
            }
            check(user.getName());
        }
    }

    /** Makes changes in a nested transaction, which is committed or rolled back. */
    private void nested() {
        if (depth == 2) {
            return;
        }
        depth++;
        var before = new HashMap<>(records);
        var savepoint = "part" + depth;
        plainSql.run("savepoint " + savepoint);
        if (random.nextBoolean()) {
            if (random.nextBoolean()) {
                session.nested(part -> makeSomeChanges());
            } else {
                session.dsl().transaction(part -> makeSomeChanges());
            }
        } else {
            assertThrows(ForcedRollback.class, () -> {
                if (random.nextBoolean()) {
                    session.nested(part -> makeSomeChangesAndFail());
                } else {
                    session.dsl().transaction(part -> makeSomeChangesAndFail());
                }
            });
            records = before;
            plainSql.run("rollback to savepoint " + savepoint);
            records.keySet().forEach(this::check);
        }
        depth--;
    }

    private void makeSomeChanges() {
        for (int i = random.nextInt(6); i > 0; i--) {
            next();
        }
    }

    private void makeSomeChangesAndFail() {
        makeSomeChanges();
        throw new ForcedRollback();
    }

    private void flush() {
        session.flush();
        deletions = 0;
        records.keySet().forEach(this::check);
    }

    /** Asserts that a record has the values of the row that plain SQL wrote. */
    private void check(String label) {
        var record = records.get(label);
        if (record == null) {
            return;
        }
        switch (record) {
            case UsersRecord user ->
                check("users", "name", label, List.of("age", "email"), user.getAge(), user.getEmail());
            case OrdersRecord order -> check("orders", "note", label, List.of("total"), order.getTotal());
            case OrderItemsRecord item ->
                check("order_items", "product", label, List.of("line_no", "price"), item.getLineNo(), item.getPrice());
            default -> {}
        }
    }

    private void check(String table, String column, String label, List<String> columns, @Nullable Object... values) {
        var stored = plainSql.rows(
                "select " + String.join(", ", columns) + " from " + table + " where " + column + " = ?", label);
        assertEquals(1, stored.size(), label);
        for (int i = 0; i < values.length; i++) {
            assertEquals(stored.getFirst().get(i), text(values[i]), label);
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.setScale(2).toString() : String.valueOf(value);
    }

    /**
     * Returns the largest number of statements that the commit may take: one for each table with new rows, one more for
     * each new row that may be a level of its own, one for each set of modified columns, one for each deleted row, and
     * two queries of auto_increment_increment.
     */
    public int maxStatements() {
        var shapes = new HashSet<Object>();
        int levels = 0;
        for (var record : records.values()) {
            var table = record.getTable();
            var isNew = RecordAccess.isNew(record);
            if (isNew) {
                shapes.add(table);
            } else if (record.modified()) {
                shapes.add(List.of(table, modified(record)));
            }
            var isWaiting = RecordState.hasUnresolvedReferences(record);
            if (isWaiting && (!isNew || record instanceof UsersRecord)) {
                levels++;
            }
        }
        return shapes.size() + levels + deletions + 2 * StatementCountTest.INCREMENT_QUERY;
    }

    private static List<Integer> modified(KeyedRecord<?> record) {
        return IntStream.range(0, record.size())
                .filter(record::modified)
                .boxed()
                .toList();
    }
}
