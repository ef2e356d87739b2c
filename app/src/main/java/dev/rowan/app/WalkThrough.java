package dev.rowan.app;

import static dev.rowan.app.schema.Tables.USERS;

import dev.rowan.Database;
import dev.rowan.app.schema.DefaultSchema;
import dev.rowan.app.schema.repositories.OrdersRepository;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.app.schema.tables.records.OrderItemsRecord;
import dev.rowan.app.schema.tables.records.OrdersRecord;
import dev.rowan.app.schema.tables.records.UsersRecord;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import dev.rowan.error.NotLoaded;
import dev.rowan.error.UniqueViolation;
import dev.rowan.result.PageRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Rowan, step by step, on a server of its own: each step says what it does, and shows the SQL that ran and the rows. */
final class WalkThrough {

    private static final BigDecimal PRICE = new BigDecimal("2.50");

    private final Narrator narrator;

    WalkThrough(Narrator narrator) {
        this.narrator = narrator;
    }

    /** Walks through all steps, and leaves nothing behind: neither a server nor, on a given one, a database. */
    void run() {
        narrator.title("Rowan, step by step");
        narrator.step("A database server");
        try (var server = DatabaseServer.start(ServerOptions.fromSystem())) {
            narrator.say(server.description() + ".");
            narrator.say(
                    server.disposable()
                            ? "It was started for this walk, and goes with it."
                            : "The walk makes a database of its own there, and drops it in the end.");
            inDatabaseOfItsOwn(server);
        }
        narrator.step("The end");
        narrator.say("Connections closed, database dropped, nothing left running.");
        narrator.say("The code of this walk: app/src/main/java/dev/rowan/app/WalkThrough.java");
        narrator.say("The same as a tool: mvn -q compile exec:exec -Drowan.args=--help");
    }

    private void inDatabaseOfItsOwn(DatabaseServer server) {
        var name = "walk_through_" + UUID.randomUUID().toString().substring(0, 8);
        var options = DatabaseOptions.of(server.createDatabase(name), server.user(), server.password());
        try {
            migrate(new ServiceSchema(options));
            try (var database = Database.open(options)) {
                check(database);
                SqlLog.read(narrator::sql, () -> walk(database));
            }
        } finally {
            DSL.using(server.dataSource(), SQLDialect.MYSQL).dropDatabase(name).execute();
        }
    }

    private void check(Database database) {
        narrator.step("The check at start");
        database.check(DefaultSchema.DEFAULT_SCHEMA);
        narrator.say("The database is the one that the classes were made from. If it were not, one SchemaMismatch");
        narrator.say("would list each difference, and what to do about it.");
    }

    private void migrate(ServiceSchema schema) {
        narrator.step("The schema");
        narrator.say("It is written once, as changesets of " + ServiceSchema.CHANGELOG + ". Applied just now:");
        var migrator = schema.migrator();
        migrator.update().forEach(changeset -> narrator.say("  " + ServiceSchema.name(changeset)));
        narrator.say("Left to apply: " + migrator.pending().size() + ". Run again, it would change nothing.");
        narrator.say("The build made the classes from the same changesets: USERS, UsersRecord, UsersRepository.");
    }

    private void walk(Database database) {
        var users = new UsersRepository(database);
        var ann = insert(users);
        find(users, ann.getId());
        query(users);
        page(users);
        update(users, ann.getId());
        duplicate(users);
        rollback(database, users, ann.getId());
        unitOfWork(database, users);
        relations(users);
        delete(users, ann.getId());
    }

    private UsersRecord insert(UsersRepository users) {
        narrator.step("Insert");
        narrator.say("Only the columns that are set are written; values are always bound, never part of the SQL.");
        var ann = users.insert(u -> u.setName("Ann").setAge(31).setEmail("ann@example.org"));
        users.insert(u -> u.setName("Bob").setAge(17));
        users.insert(u -> u.setName("Cleo").setAge(45).setEmail("cleo@example.org"));
        users.insert(u -> u.setName("Dan"));
        users.insert(u -> u.setName("Eve").setAge(28).setEmail("eve@example.org"));
        narrator.say("Ann came back with the id that the server made: " + ann.getId() + ".");
        return ann;
    }

    private void find(UsersRepository users, int id) {
        narrator.step("Find one");
        narrator.say("By primary key:");
        narrator.rows(List.of(users.get(id)));
        narrator.say("By unique key, with a finder that was generated for it:");
        narrator.rows(List.of(users.findByEmail("cleo@example.org").orElseThrow()));
        narrator.say("Where there may be no row, the answer is an Optional, and never null:");
        narrator.say("id 4711: " + users.find(4711));
    }

    private void query(UsersRepository users) {
        narrator.step("Query");
        narrator.say(
                "The compiler knows every column and its type: USERS.AGE.ge(18) compiles, USERS.AGE.ge(\"x\") does not.");
        var adults = users.where(USERS.AGE.ge(18));
        narrator.rows(adults.orderBy(USERS.NAME).list());
        narrator.say("A query can be kept, and used again. How many are they?");
        narrator.say(adults.count() + " adults.");
    }

    private void page(UsersRepository users) {
        narrator.step("Page");
        narrator.say(
                "Two users a page, by name. A page is found by the row before it, so the last costs what the first does.");
        var byName = users.all().orderBy(USERS.NAME);
        var first = byName.page(PageRequest.first(2));
        narrator.rows(first.items());
        narrator.say("The next page:");
        narrator.rows(byName.page(first.next().orElseThrow()).items());
    }

    private void update(UsersRepository users, int id) {
        narrator.step("Update");
        narrator.say("Again only what is set. The version counts along, for optimistic locking:");
        users.update(id, u -> u.setAge(32));
        narrator.rows(List.of(users.get(id)));
        narrator.say("Many at once, with an expression that the server works out: everybody is a year older.");
        var older = users.where(USERS.AGE.isNotNull()).update(u -> u.set(USERS.AGE, USERS.AGE.plus(1)));
        narrator.say(older + " users updated.");
    }

    private void duplicate(UsersRepository users) {
        narrator.step("A duplicate is refused");
        narrator.say("Mallory takes Ann's email:");
        try {
            users.insert(u -> u.setName("Mallory").setEmail("ann@example.org"));
        } catch (UniqueViolation violation) {
            narrator.say("UniqueViolation of " + violation.key().getName() + ", a constant of the generated Keys.");
            narrator.say("Message: " + violation.getMessage());
        }
    }

    private void rollback(Database database, UsersRepository users, int id) {
        narrator.step("A transaction rolls back");
        narrator.say("Two writes, and then an exception:");
        try {
            database.transaction(session -> {
                var inside = users.in(session);
                inside.update(id, u -> u.setName("Nobody"));
                inside.where(USERS.ID.ne(id)).delete();
                narrator.say("Inside, " + inside.all().count() + " user is left.");
                throw new ChangeOfMind();
            });
        } catch (ChangeOfMind e) {
            narrator.say("The exception came through as it was thrown, and both writes are undone:");
        }
        narrator.rows(users.all().orderBy(USERS.ID).list());
    }

    private void unitOfWork(Database database, UsersRepository users) {
        narrator.step("A unit of work");
        narrator.say(
                "In a session a row is one record. What is changed or new is written at the commit: each row after");
        narrator.say("those that it refers to, and all rows of a table by one statement.");
        var before = database.statistics().statements();
        database.transaction(session -> {
            var eve = users.in(session).findByEmail("eve@example.org").orElseThrow();
            eve.setAge(30);
            order(eve, "tea", "jam", "bread");
            order(eve, "coffee");
            order(session.add(new UsersRecord().setName("Finn")), "milk", "eggs");
        });
        var statements = database.statistics().statements() - before;
        narrator.say("1 user changed; 1 user, 3 orders and 6 items inserted: " + statements + " statements in all.");
    }

    private static void order(UsersRecord user, String... products) {
        var order = new OrdersRecord();
        UsersRepository.ORDERS.add(user, order);
        for (int line = 1; line <= products.length; line++) {
            var item = new OrderItemsRecord().setLineNo(line).setProduct(products[line - 1]);
            OrdersRepository.ITEMS.add(order, item.setPrice(PRICE));
        }
    }

    private void relations(UsersRepository users) {
        narrator.step("Relations");
        narrator.say(
                "Made from foreign keys. Users, their orders and the items of those: a statement each, however many:");
        var all = users.all().orderBy(USERS.NAME);
        var withItems = UsersRepository.ORDERS.then(OrdersRepository.ITEMS);
        for (var user : all.with(withItems).list()) {
            for (var order : user.orders()) {
                var products =
                        order.items().stream().map(OrderItemsRecord::getProduct).toList();
                narrator.say(user.getName() + " ordered " + String.join(", ", products) + ".");
            }
        }
        narrator.say("Nothing is loaded by itself. A user that was read without orders says so:");
        try {
            all.first().orElseThrow().orders();
        } catch (NotLoaded notLoaded) {
            narrator.say("NotLoaded: " + notLoaded.getMessage());
        }
    }

    private void delete(UsersRepository users, int id) {
        narrator.step("Delete");
        narrator.say("By primary key. The answer says whether there was such a row; here it is asked twice:");
        narrator.say(String.valueOf(users.delete(id)));
        narrator.say(String.valueOf(users.delete(id)));
        narrator.say("Left are:");
        narrator.rows(users.all().orderBy(USERS.ID).list());
    }

    private static final class ChangeOfMind extends Exception {
        private static final long serialVersionUID = 1;
    }
}
