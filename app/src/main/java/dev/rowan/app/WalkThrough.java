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

/** Demonstrates Rowan step by step on a temporary database: explains each step, and shows its SQL and the rows. */
final class WalkThrough {

    private static final BigDecimal PRICE = new BigDecimal("2.50");

    private final WalkThroughPrinter printer;

    WalkThrough(WalkThroughPrinter printer) {
        this.printer = printer;
    }

    /** Runs all steps and removes everything it created: the database and, unless it was configured, the server. */
    void run() {
        printer.title("Rowan, step by step");
        printer.step("A database server");
        try (var server = DatabaseServer.start(ServerOptions.fromSystem())) {
            printer.text(server.description() + ".");
            printer.text(
                    server.disposable()
                            ? "It was started for this walk-through and will be stopped at the end."
                            : "The walk-through creates a database on this server and drops it at the end.");
            runInNewDatabase(server);
            var goals = new WalkThroughGoals(printer);
            goals.check(server);
            goals.environment();
        }
        printer.step("Done");
        printer.text("All connections are closed, the database is dropped, and nothing is left running.");
        printer.text("Source code: app/src/main/java/dev/rowan/app/WalkThrough.java");
        printer.text("Command line: mvn -q compile exec:exec -Drowan.args=--help");
    }

    private void runInNewDatabase(DatabaseServer server) {
        var name = "walk_through_" + UUID.randomUUID().toString().substring(0, 8);
        var options = DatabaseOptions.of(server.createDatabase(name), server.user(), server.password());
        try {
            migrate(new ServiceSchema(options));
            try (var database = Database.open(options)) {
                checkSchema(database);
                SqlLogAppender.capture(printer::sql, () -> runQueries(database));
            }
        } finally {
            DSL.using(server.dataSource(), SQLDialect.MYSQL).dropDatabase(name).execute();
        }
    }

    private void migrate(ServiceSchema schema) {
        printer.step("The schema");
        printer.text("It is defined as Liquibase changesets in " + ServiceSchema.CHANGELOG + ". Applied just now:");
        var migrator = schema.migrator();
        migrator.update().forEach(changeset -> printer.text("  " + ServiceSchema.displayName(changeset)));
        printer.text("Pending changesets: " + migrator.pending().size() + ". Migrating again would change nothing.");
        printer.text("The build generated classes from the same changesets: USERS, UsersRecord, UsersRepository.");
    }

    private void checkSchema(Database database) {
        printer.step("The schema check at startup");
        database.check(DefaultSchema.DEFAULT_SCHEMA);
        printer.text("The live schema matches the generated classes. Otherwise a SchemaMismatch would list every");
        printer.text("difference, and how to fix it.");
    }

    private void runQueries(Database database) {
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
        printer.step("Insert");
        printer.text("From here on, each statement is shown after SQL>, with ... in place of the rest of a long list.");
        printer.text("Only the columns you set are written. Values are always bind parameters, never part of the SQL.");
        var ann = users.insert(u -> u.setName("Ann").setAge(31).setEmail("ann@example.org"));
        users.insert(u -> u.setName("Bob").setAge(17));
        users.insert(u -> u.setName("Cleo").setAge(45).setEmail("cleo@example.org"));
        users.insert(u -> u.setName("Dan"));
        users.insert(u -> u.setName("Eve").setAge(28).setEmail("eve@example.org"));
        printer.text("The returned record has the id that MySQL generated: " + ann.getId() + ".");
        return ann;
    }

    private void find(UsersRepository users, int id) {
        printer.step("Find one row");
        printer.text("By primary key:");
        printer.rows(List.of(users.get(id)));
        printer.text("By unique key, with a generated finder:");
        printer.rows(List.of(users.findByEmail("cleo@example.org").orElseThrow()));
        printer.text("A finder returns an Optional, never null:");
        printer.text("id 4711: " + users.find(4711));
    }

    private void query(UsersRepository users) {
        printer.step("Query");
        printer.text("The compiler knows each column's type: USERS.AGE.ge(18) compiles, USERS.AGE.ge(\"x\") does not.");
        var adults = users.where(USERS.AGE.ge(18));
        printer.rows(adults.orderBy(USERS.NAME).list());
        printer.text("A query can be reused, here to count the rows:");
        printer.text(adults.count() + " adults.");
    }

    private void page(UsersRepository users) {
        printer.step("Page");
        printer.text("Two users per page, by name. Keyset pagination begins after the last row of the page before, so");
        printer.text("the server skips no rows. max_sort_length has it sort by whole names, not by their beginning.");
        var byName = users.all().orderBy(USERS.NAME);
        var first = byName.page(PageRequest.first(2));
        printer.rows(first.items());
        printer.text("The next page:");
        printer.rows(byName.page(first.next().orElseThrow()).items());
    }

    private void update(UsersRepository users, int id) {
        printer.step("Update");
        printer.text("Only the columns you set are written. The version column increases, for optimistic locking:");
        users.update(id, u -> u.setAge(32));
        printer.rows(List.of(users.get(id)));
        printer.text("Many rows at a time, with an SQL expression: everybody becomes a year older.");
        var older = users.where(USERS.AGE.isNotNull()).update(u -> u.set(USERS.AGE, USERS.AGE.plus(1)));
        printer.text(older + " users updated.");
    }

    private void duplicate(UsersRepository users) {
        printer.step("A duplicate is rejected");
        printer.text("Mallory tries to use Ann's email:");
        try {
            users.insert(u -> u.setName("Mallory").setEmail("ann@example.org"));
        } catch (UniqueViolation violation) {
            printer.text("UniqueViolation of " + violation.key().getName() + ", a constant in the generated Keys.");
            printer.text("Message: " + violation.getMessage());
        }
    }

    private void rollback(Database database, UsersRepository users, int id) {
        printer.step("A transaction rolls back");
        printer.text("Two writes, then an exception:");
        try {
            database.transaction(session -> {
                var inside = users.in(session);
                inside.update(id, u -> u.setName("Nobody"));
                inside.where(USERS.ID.ne(id)).delete();
                printer.text("Inside the transaction, " + inside.all().count() + " user is left.");
                throw new AbortException();
            });
        } catch (AbortException e) {
            printer.text("The caller gets the exception unwrapped, and both writes are rolled back:");
        }
        printer.rows(users.all().orderBy(USERS.ID).list());
    }

    private void unitOfWork(Database database, UsersRepository users) {
        printer.step("Unit of work");
        printer.text("A session tracks its records. The commit flushes new and changed ones: parents before children,");
        printer.text("with one statement per table. auto_increment_increment tells the ids of several new rows.");
        var before = database.statistics().statements();
        database.transaction(session -> {
            var eve = users.in(session).findByEmail("eve@example.org").orElseThrow();
            eve.setAge(30);
            order(eve, "tea", "jam", "bread");
            order(eve, "coffee");
            order(session.add(new UsersRecord().setName("Finn")), "milk", "eggs");
        });
        var statements = database.statistics().statements() - before;
        printer.text("1 user updated; 1 user, 3 orders and 6 items inserted: " + statements + " statements in total.");
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
        printer.step("Relations");
        printer.text(
                "They are generated from foreign keys. Users with their orders and items take one query per level.");
        printer.text("A list of keys is filled up to a power of two, so that there are few statements to prepare:");
        var all = users.all().orderBy(USERS.NAME);
        var withItems = UsersRepository.ORDERS.then(OrdersRepository.ITEMS);
        for (var user : all.with(withItems).list()) {
            for (var order : user.orders()) {
                var products =
                        order.items().stream().map(OrderItemsRecord::getProduct).toList();
                printer.text(user.getName() + " ordered " + String.join(", ", products) + ".");
            }
        }
        printer.text("There is no lazy loading. Access to a relation that was not loaded fails:");
        try {
            all.first().orElseThrow().orders();
        } catch (NotLoaded notLoaded) {
            printer.text("NotLoaded: " + notLoaded.getMessage());
        }
    }

    private void delete(UsersRepository users, int id) {
        printer.step("Delete");
        printer.text("By primary key. The result tells whether the row existed; here the same row is deleted twice:");
        printer.text(String.valueOf(users.delete(id)));
        printer.text(String.valueOf(users.delete(id)));
        printer.text("The remaining users:");
        printer.rows(users.all().orderBy(USERS.ID).list());
    }

    private static final class AbortException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
