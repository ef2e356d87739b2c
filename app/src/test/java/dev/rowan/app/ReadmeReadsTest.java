package dev.rowan.app;

import static dev.rowan.app.schema.Tables.ORDERS;
import static dev.rowan.app.schema.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.AllowedOrder;
import dev.rowan.Database;
import dev.rowan.Projection;
import dev.rowan.app.schema.repositories.OrderItemsRepository;
import dev.rowan.app.schema.repositories.OrdersRepository;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.app.schema.tables.records.OrdersRecord;
import dev.rowan.app.schema.tables.records.UsersRecord;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.result.OffsetPage;
import dev.rowan.result.OffsetRequest;
import dev.rowan.result.Page;
import dev.rowan.result.PageRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Record2;
import org.junit.jupiter.api.Test;

/**
 * Compiles and runs the Java of the README and {@code docs/queries.md} that reads. Each block of a page is between
 * {@code // README} and {@code // end} in a test of this package; {@code ReadmeSnippetsTest} compares the text.
 */
final class ReadmeReadsTest extends ReadmeTest {

    @Test
    void theFirstScreen() {
        var url = SERVICE.options().url();
        var user = SERVICE.options().user();
        var password = SERVICE.options().password();

        // README: first screen
        try (Database database = Database.open(DatabaseOptions.of(url, user, password))) {
            var users = new UsersRepository(database);

            UsersRecord ann = users.insert(u -> u.setName("Ann").setAge(31)); // fills in the id
            for (var adult : users.where(USERS.AGE.ge(18)).orderBy(USERS.NAME).list()) {
                System.out.println(adult.getName());
            }
            users.update(ann.getId(), u -> u.setAge(32)); // writes this column only

            database.transaction(session -> {
                var inSession = users.in(session);
                inSession.insert(u -> u.setName("Bob"));
                inSession.delete(ann.getId()); // both or neither
            });
        }
        // end

        assertEquals(List.of("Bob"), names(users.all().list()));
    }

    @Test
    void find() {
        var ann = people().getFirst();

        // README: find
        Optional<UsersRecord> maybe = users.find(ann.getId());
        UsersRecord same = users.get(ann.getId()); // NotFound if there is no such row
        Optional<UsersRecord> byEmail = users.findByEmail("ann@example.org"); // generated from the unique key
        List<UsersRecord> some = users.findAll(List.of(3, 1, 2)); // in this order
        // end

        assertEquals(Optional.of(ann.getId()), maybe.map(UsersRecord::getId));
        assertEquals("Ann", same.getName());
        assertEquals("Ann", byEmail.orElseThrow().getName());
        assertEquals(List.of("Cleo", "Ann", "Bob"), names(some));
    }

    @Test
    void query() {
        people();

        // README: query
        List<UsersRecord> adults =
                users.where(USERS.AGE.ge(18)).orderBy(USERS.NAME).limit(20).list();
        Optional<UsersRecord> oldest = users.all().orderBy(USERS.AGE.desc()).first();
        long minors = users.where(USERS.AGE.lt(18)).count();
        // end

        assertEquals(List.of("Ann", "Cleo"), names(adults));
        assertEquals("Cleo", oldest.orElseThrow().getName());
        assertEquals(1, minors);
    }

    @Test
    void page() {
        people();

        // README: page
        var byName = users.all().orderBy(USERS.NAME);
        Page<UsersRecord> page = byName.page(PageRequest.first(2));
        Page<UsersRecord> next = byName.page(page.next().orElseThrow());
        // end

        assertEquals(List.of("Ann", "Bob"), names(page.items()));
        assertEquals(List.of("Cleo"), names(next.items()));
    }

    @Test
    void pageFromGivenValues() {
        var bob = people().get(1);

        // README: page from given values
        var sorted = users.all().orderBy(USERS.NAME);
        var position = new UsersRecord().setName("Bob").setId(bob.getId());
        Page<UsersRecord> following = sorted.page(sorted.after(position, 2));
        Page<UsersRecord> preceding = sorted.page(sorted.before(position, 2));
        // end

        assertEquals(List.of("Cleo"), names(following.items()));
        assertEquals(List.of("Ann"), names(preceding.items()));
    }

    @Test
    void pageByNumber() {
        people();

        // README: page by number
        OffsetPage<UsersRecord> second = users.all().orderBy(USERS.NAME).page(OffsetRequest.page(2, 2));
        long total = second.total(); // of rows; pages() is the number of pages
        OffsetPage<UsersRecord> rest =
                users.all().orderBy(USERS.NAME).page(new OffsetRequest(1, 50)); // without the first row
        // end

        assertEquals(List.of("Cleo"), names(second.items()));
        assertEquals(3, total);
        assertEquals(List.of("Bob", "Cleo"), names(rest.items()));
    }

    @Test
    void allowedOrder() {
        people();

        // README: allowed order
        AllowedOrder allowed = AllowedOrder.of(USERS.NAME, USERS.AGE) // by their names in the database
                .and("inviter", USERS.inviter().NAME); // or by a name of your choice
        List<UsersRecord> sorted =
                users.all().orderBy(allowed.parse("age desc, name")).list();
        // end

        assertEquals(List.of("Cleo", "Ann", "Bob"), names(sorted));
    }

    @Test
    void text() {
        var people = people();
        var orders = new OrdersRepository(database);
        orders.insert(o -> o.setUserId(people.getFirst().getId()).setNote("100% sure"));
        orders.insert(o -> o.setUserId(people.getLast().getId()).setNote("1000 sure"));

        // README: paths
        List<OrdersRecord> some = orders.where(ORDERS.NOTE.contains("100%")) // % is no wildcard
                .and(ORDERS.user().AGE.ge(18)) // the path adds the join
                .orderBy(ORDERS.user().NAME)
                .list();
        // end

        assertEquals(
                List.of("100% sure"), some.stream().map(OrdersRecord::getNote).toList());
    }

    @Test
    void relations() {
        var ann = people().getFirst();
        var orders = new OrdersRepository(database);
        var tea = orders.insert(o -> o.setUserId(ann.getId()));
        new OrderItemsRepository(database)
                .insert(i ->
                        i.setOrderId(tea.getId()).setLineNo(1).setProduct("tea").setPrice(BigDecimal.TEN));
        var before = database.statistics().statements();

        // README: relations
        var withItems = UsersRepository.ORDERS.then(OrdersRepository.ITEMS);
        List<UsersRecord> all = users.all().with(withItems).list(); // three statements
        var sizes = new ArrayList<Integer>();
        for (var order : all.getFirst().orders()) {
            sizes.add(order.items().size());
        }
        // end

        assertEquals(2 + 3, database.statistics().statements() - before);
        assertEquals(List.of(1), sizes);
    }

    /** For the README. */
    record NameAndAge(String name, Integer age) {}

    @Test
    void project() {
        people();

        // README: project
        List<String> names =
                users.all().orderBy(USERS.NAME).list(u -> u.getName().toUpperCase(Locale.ROOT));
        Projection<NameAndAge> ages =
                users.all().orderBy(USERS.AGE).select(USERS.NAME, USERS.AGE).into(NameAndAge::new);
        List<NameAndAge> typed = ages.list();
        Projection<Record2<String, Integer>> plain = users.all().select(USERS.NAME, USERS.AGE); // jOOQ's records
        // end

        assertEquals(3, plain.list().size());

        assertEquals(List.of(new NameAndAge("Bob", 17), new NameAndAge("Ann", 31), new NameAndAge("Cleo", 45)), typed);
        assertEquals(List.of("ANN", "BOB", "CLEO"), names);
    }

    @Test
    void stream() {
        people();

        // README: stream
        int years = users.where(USERS.AGE.isNotNull()).stream(
                rows -> rows.mapToInt(UsersRecord::getAge).sum());
        // end

        assertEquals(93, years);
    }

    @Test
    void scan() {
        people();

        // README: scan
        var exported = new ArrayList<UsersRecord>();
        var resume = new ArrayList<PageRequest>();
        Stream<Page<UsersRecord>> walk = users.all().orderBy(USERS.NAME).scan(2);
        walk.forEach(page -> {
            exported.addAll(page.items());
            page.next().ifPresent(resume::add); // scan(request) resumes here, after a crash too
        });
        // end

        assertEquals(List.of("Ann", "Bob", "Cleo"), names(exported));
        assertEquals(1, resume.size());
    }

    private static List<String> names(List<UsersRecord> users) {
        return users.stream().map(UsersRecord::getName).toList();
    }
}
