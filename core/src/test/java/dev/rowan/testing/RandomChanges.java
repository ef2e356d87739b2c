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
 * Random changes, each made to the records of a session, for it to write when it will, and by plain SQL to the twin at
 * once. What may be changed, the twin knows; no row invites one that is older, so that there are no circles.
 */
public final class RandomChanges {

    private final Random random;
    private final String prefix;
    private final Session session;
    private final boolean autoFlush;
    private final PlainSqlShop twin;
    private final UsersRepository users;
    private final OrdersRepository orders;
    private final OrderItemsRepository items;
    private final RolesRepository roles;
    private final UserRolesRepository grants;

    /**
     * The records that the session has, by the labels of their rows; those of rows that are to go are not among them.
     */
    private Map<String, KeyedRecord<?>> records = new HashMap<>();

    private int made;
    private int depth;
    private int deletions;

    public RandomChanges(
            Random random, String prefix, Database database, Session session, boolean autoFlush, PlainSqlShop twin) {
        this.random = random;
        this.prefix = prefix;
        this.session = session;
        this.autoFlush = autoFlush;
        this.twin = twin;
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
            case 2, 3, 4 -> any("users", "name").ifPresent(this::addOrder);
            case 5, 6, 7 -> any("orders", "note").ifPresent(this::addItem);
            case 8 -> any("users", "name").ifPresent(this::grant);
            case 9 -> any("users", "name").ifPresent(this::age);
            case 10 -> any("orders", "note").ifPresent(this::total);
            case 11 -> any("order_items", "product").ifPresent(this::quantity);
            case 12 -> any("users", "name").ifPresent(this::invite);
            case 13 -> any("orders", "note").ifPresent(this::approve);
            case 14 -> any("orders", "note").ifPresent(this::moveOrder);
            case 15 -> any("order_items", "product").ifPresent(this::moveItem);
            case 16 -> any("order_items", "product").ifPresent(this::deleteItem);
            case 17 -> any("orders", "note").ifPresent(this::deleteOrder);
            case 18 -> any("users", "name").ifPresent(this::deleteUser);
            case 19 -> handDownEmail();
            case 20 -> any("users", "name").ifPresent(this::refresh);
            case 21 -> any("users", "name").ifPresent(this::grow);
            case 22 -> subscribe();
            default -> part();
        }
        if (random.nextInt(8) == 0) {
            flush();
        }
    }

    private String label(String kind) {
        return kind + prefix + "." + made++;
    }

    private Optional<String> any(String table, String label) {
        var all = twin.labels("select " + label + " from " + table + " order by " + label);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    // --- The record of a row: the session has it, or reads it

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

    /** Adds a row that was made elsewhere, with an order and an item. */
    public void add(NewRows outside) {
        session.add(outside.user);
        records.put(outside.user.getName(), outside.user);
        records.put(outside.order.getNote(), outside.order);
        records.put(outside.item.getProduct(), outside.item);
        insertUser(outside.user.getName(), null);
        insertOrder(outside.order.getNote(), outside.user.getName(), BigDecimal.ONE);
        insertItem(outside.item.getProduct(), outside.order.getNote(), outside.item.getLineNo());
    }

    private String addUser(@Nullable String email) {
        var label = label("user");
        var user = new UsersRecord().setName(label);
        if (email != null) {
            user.setEmail(email);
        }
        var inviter = random.nextBoolean() ? any("users", "name") : Optional.<String>empty();
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
        inviter.ifPresent(
                by -> twin.run("update users set inviter_id = ? where name = ?", twin.id("users", "name", by), label));
        return label;
    }

    private void insertUser(String label, @Nullable String email) {
        twin.run("insert into users (name, email) values (?, ?)", label, email);
    }

    private void addOrder(String of) {
        var label = label("order");
        var total = BigDecimal.valueOf(random.nextInt(100));
        var order = new OrdersRecord().setNote(label).setTotal(total);
        if (random.nextBoolean()) {
            UsersRepository.ORDERS.add(user(of), order);
        } else {
            OrdersRepository.USER.set(order, user(of));
            session.add(order);
        }
        records.put(label, order);
        insertOrder(label, of, total);
    }

    private void insertOrder(String label, String of, BigDecimal total) {
        twin.run(
                "insert into orders (note, user_id, total) values (?, ?, ?)",
                label,
                twin.id("users", "name", of),
                total);
    }

    private void addItem(String of) {
        var label = label("item");
        var line = twin.next("order_items", "line_no");
        var item = new OrderItemsRecord().setProduct(label).setLineNo(line).setPrice(BigDecimal.TEN);
        if (random.nextBoolean()) {
            OrdersRepository.ITEMS.add(order(of), item);
        } else {
            OrderItemsRepository.ORDER.set(item, order(of));
            session.add(item);
        }
        records.put(label, item);
        insertItem(label, of, line);
    }

    private void insertItem(String label, String of, int line) {
        twin.run(
                "insert into order_items (product, order_id, line_no, price) values (?, ?, ?, 10)",
                label,
                twin.id("orders", "note", of),
                line);
    }

    private void grant(String of) {
        var known = any("roles", "name");
        var label = known.isPresent() && random.nextInt(3) > 0 ? known.get() : label("role");
        var held = twin.labels(
                "select 1 from user_roles l join users u on u.id = l.user_id join roles r on r.id = l.role_id"
                        + " where u.name = ? and r.name = ?",
                of,
                label);
        if (!held.isEmpty()) {
            return;
        }
        if (!known.equals(Optional.of(label))) {
            records.put(label, new RolesRecord().setName(label));
            twin.run("insert into roles (name) values (?)", label);
        }
        var grant = new UserRolesRecord();
        UserRolesRepository.ROLE.set(grant, role(label));
        UsersRepository.USER_ROLES.add(user(of), grant);
        records.put(of + "|" + label, grant);
        twin.run(
                "insert into user_roles (user_id, role_id) values (?, ?)",
                twin.id("users", "name", of),
                twin.id("roles", "name", label));
    }

    // --- Columns and references

    private void age(String label) {
        var age = random.nextInt(50);
        user(label).setAge(age);
        twin.run("update users set age = ? where name = ?", age, label);
    }

    private void total(String label) {
        var total = BigDecimal.valueOf(random.nextInt(100));
        order(label).setTotal(total);
        twin.run("update orders set total = ? where note = ?", total, label);
    }

    private void quantity(String label) {
        var quantity = 1 + random.nextInt(9);
        item(label).set(ORDER_ITEMS.QUANTITY, org.jooq.types.UInteger.valueOf(quantity));
        twin.run("update order_items set quantity = ? where product = ?", quantity, label);
    }

    private void invite(String label) {
        var older = twin.labels("select name from users where id < ? order by name", twin.id("users", "name", label));
        if (older.isEmpty() || random.nextInt(3) == 0) {
            UsersRepository.INVITER.clear(user(label));
            twin.run("update users set inviter_id = null where name = ?", label);
        } else {
            var by = older.get(random.nextInt(older.size()));
            UsersRepository.INVITER.set(user(label), user(by));
            twin.run("update users set inviter_id = ? where name = ?", twin.id("users", "name", by), label);
        }
    }

    private void approve(String label) {
        if (random.nextInt(3) == 0) {
            OrdersRepository.APPROVER.clear(order(label));
            twin.run("update orders set approver_id = null where note = ?", label);
        } else {
            var by = any("users", "name").orElseThrow();
            OrdersRepository.APPROVER.set(order(label), user(by));
            twin.run("update orders set approver_id = ? where note = ?", twin.id("users", "name", by), label);
        }
    }

    private void moveOrder(String label) {
        moveOrder(label, any("users", "name").orElseThrow());
    }

    private void moveOrder(String label, String to) {
        OrdersRepository.USER.set(order(label), user(to));
        twin.run("update orders set user_id = ? where note = ?", twin.id("users", "name", to), label);
    }

    private void moveItem(String label) {
        var to = any("orders", "note").orElseThrow();
        OrderItemsRepository.ORDER.set(item(label), order(to));
        twin.run("update order_items set order_id = ? where product = ?", twin.id("orders", "note", to), label);
    }

    // --- Rows that go

    private void deleteItem(String label) {
        delete(item(label));
        records.remove(label);
        twin.run("delete from order_items where product = ?", label);
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

    /** Deletes an order with its items, of which the server takes some along by itself. */
    private void deleteOrder(String label) {
        for (var item : twin.labels(
                "select product from order_items where order_id = ? order by product",
                twin.id("orders", "note", label))) {
            if (records.containsKey(item) || random.nextBoolean()) {
                deleteItem(item);
            }
        }
        delete(order(label));
        records.remove(label);
        twin.run("delete from orders where note = ?", label);
    }

    private void deleteUser(String label) {
        var id = twin.id("users", "name", label);
        for (var order : twin.labels("select note from orders where user_id = ? order by note", id)) {
            var heirs = twin.labels("select name from users where id <> ? order by name", id);
            if (heirs.isEmpty() || random.nextBoolean()) {
                deleteOrder(order);
            } else {
                moveOrder(order, heirs.get(random.nextInt(heirs.size())));
            }
        }
        for (var order : twin.labels("select note from orders where approver_id = ? order by note", id)) {
            OrdersRepository.APPROVER.clear(order(order));
            twin.run("update orders set approver_id = null where note = ?", order);
        }
        for (var invited : twin.labels("select name from users where inviter_id = ? order by name", id)) {
            UsersRepository.INVITER.clear(user(invited));
            twin.run("update users set inviter_id = null where name = ?", invited);
        }
        for (var role : twin.labels(
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
        twin.run("delete from users where name = ?", label);
    }

    /** A user goes, and a new one takes over the email at once. */
    private void handDownEmail() {
        var heir = addUser(label("mail") + "@example.org");
        flush();
        age(heir);
        any("orders", "note").ifPresent(this::total);
        var email = user(heir).getEmail();
        deleteUser(heir);
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

    /** A write by key, of what the record says by then. */
    private void grow(String label) {
        var user = user(label);
        if (RecordAccess.isNew(user)) {
            flush();
        }
        users.update(user.getId(), u -> u.set(USERS.AGE, USERS.AGE.plus(1)));
        twin.run("update users set age = age + 1 where name = ?", label);
        assertSame(user, users.get(user.getId()));
        check(label);
    }

    /** A write by condition, past the records; the next read renews them. */
    private void subscribe() {
        var labels = twin.labels("select name from users order by name").stream()
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
            twin.run("update users set newsletter = true where name = ?", label);
        }
        if (!autoFlush && random.nextBoolean()) {
            age(any("users", "name").orElse(addUser(null)));
        }
        for (var user : users.all().list()) {
            var record = records.putIfAbsent(user.getName(), user);
            if (record != null) {
                assertSame(record, user);
            }
            check(user.getName());
        }
    }

    /** A part that is committed or rolled back by itself. */
    private void part() {
        if (depth == 2) {
            return;
        }
        depth++;
        var before = new HashMap<>(records);
        var savepoint = "part" + depth;
        twin.run("savepoint " + savepoint);
        if (random.nextBoolean()) {
            if (random.nextBoolean()) {
                session.nested(part -> several());
            } else {
                session.dsl().transaction(part -> several());
            }
        } else {
            assertThrows(ForcedRollback.class, () -> {
                if (random.nextBoolean()) {
                    session.nested(part -> undone());
                } else {
                    session.dsl().transaction(part -> undone());
                }
            });
            records = before;
            twin.run("rollback to savepoint " + savepoint);
            records.keySet().forEach(this::check);
        }
        depth--;
    }

    private void several() {
        for (int i = random.nextInt(6); i > 0; i--) {
            next();
        }
    }

    private void undone() {
        several();
        throw new ForcedRollback();
    }

    private void flush() {
        session.flush();
        deletions = 0;
        records.keySet().forEach(this::check);
    }

    /** Makes sure that a record says what stands in the row of the twin. */
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
        var stored = twin.rows(
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
     * Returns how many statements the rest may take: one for each table of new rows, one more for each that may be a
     * level of its own, one for each set of columns modified, as many as rows go, and two that ask how ids count.
     */
    public int most() {
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
            var waits = RecordAccess.hasUnresolvedReferences(record);
            if (waits && (!isNew || record instanceof UsersRecord)) {
                levels++;
            }
        }
        return shapes.size() + levels + deletions + 2 * StatementCountTest.STEP;
    }

    private static List<Integer> modified(KeyedRecord<?> record) {
        return IntStream.range(0, record.size())
                .filter(record::modified)
                .boxed()
                .toList();
    }
}
