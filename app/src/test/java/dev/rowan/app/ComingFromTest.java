package dev.rowan.app;

import static dev.rowan.app.schema.Keys.KEY_USERS_UK_USERS_EMAIL;
import static dev.rowan.app.schema.Tables.ORDERS;
import static dev.rowan.app.schema.Tables.USERS;
import static org.jooq.impl.DSL.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.app.schema.repositories.OrdersRepository;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.app.schema.tables.records.UsersRecord;
import dev.rowan.error.StaleRecord;
import dev.rowan.error.UniqueViolation;
import dev.rowan.junit.TestDatabase;
import dev.rowan.result.Page;
import dev.rowan.result.PageRequest;
import dev.rowan.result.UpsertCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Compiles and runs Rowan's Java of the pages in {@code docs/coming-from}. Each of them shows the same ten tasks: those
 * of this class, its changelog, and the test of {@code docs/service.md}. Spring Data's page has two of {@code
 * examples/spring-boot} instead, which the build of the starter runs.
 */
final class ComingFromTest extends ReadmeTest {

    private static final Path PAGES = Path.of("../docs/coming-from");
    private static final Path CHANGELOG = Path.of("src/test/resources/coming-from/changelog.sql");
    private static final Path SPRING_EXAMPLE = Path.of("../examples/spring-boot/src/test/java/com/example/shop");
    private static final List<Path> TASKS = List.of(
            Path.of("src/test/java/dev/rowan/app/ComingFromTest.java"),
            Path.of("src/test/java/dev/rowan/app/UsersTest.java"));
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^ *// README: ([^\\n]*)\\n(.*?)^ *// end$");

    /** The tasks that Spring Data's page shows as a service of Spring Boot does them: classes of the example. */
    private static final Map<String, Path> OF_SPRING = Map.of(
            "transaction",
            SPRING_EXAMPLE.resolve("Checkout.java"),
            "testing",
            SPRING_EXAMPLE.resolve("UsersTest.java"));

    private static final Pattern CLASS = Pattern.compile("(?ms)^@.*");

    @RegisterExtension
    static final TestDatabase SHOP = TestDatabase.of("coming-from/changelog.sql");

    @TestFactory
    Stream<DynamicTest> eachPageShowsAllTenTasks() throws IOException {
        var tasks = new LinkedHashMap<String, String>();
        tasks.put("table", "```sql\n" + Files.readString(CHANGELOG));
        for (var source : TASKS) {
            SNIPPET.matcher(Files.readString(source))
                    .results()
                    .forEach(found -> tasks.put(
                            found.group(1), java(found.group(2).stripTrailing().stripIndent() + "\n")));
        }
        assertEquals(10, tasks.size());
        var ofSpring = new LinkedHashMap<>(tasks);
        for (var task : OF_SPRING.entrySet()) {
            var found = CLASS.matcher(Files.readString(task.getValue()));
            assertTrue(found.find(), () -> task.getValue().toString());
            assertNotNull(ofSpring.replace(task.getKey(), java(found.group())));
        }
        try (var files = Files.list(PAGES)) {
            var pages = files.sorted().toList();
            assertEquals(4, pages.size());
            return pages.stream().flatMap(page -> tests(page, page.endsWith("spring-data.md") ? ofSpring : tasks));
        }
    }

    private static Stream<DynamicTest> tests(Path page, Map<String, String> tasks) {
        return tasks.entrySet().stream()
                .map(task -> DynamicTest.dynamicTest(
                        page.getFileName() + ": " + task.getKey(),
                        () -> assertTrue(
                                Files.readString(page).contains(task.getValue()),
                                () -> "not on the page:\n" + task.getValue())));
    }

    private static String java(String source) {
        return "```java\n" + source + "```\n";
    }

    @Test
    void theChangelogMakesBothTables() {
        try (var shop = Database.over(SHOP.dataSource())) {
            assertEquals(0, shop.dsl().fetchCount(table("users").join("orders").on("orders.user_id = users.id")));
        }
    }

    @Test
    void insert() {
        // README: insert
        UsersRecord ann = users.insert(u -> u.setName("Ann").setEmail("ann@example.org")); // fills in the id
        // end

        assertEquals("Ann", users.get(ann.getId()).getName());
    }

    @Test
    void find() {
        int id = people().getFirst().getId();

        // README: find by key
        Optional<UsersRecord> maybe = users.find(id);
        UsersRecord ann = users.get(id); // NotFound if there is no such row
        Optional<UsersRecord> byEmail = users.findByEmail("ann@example.org"); // generated from the unique key
        // end

        assertEquals("Ann", maybe.orElseThrow().getName());
        assertEquals("Ann", ann.getName());
        assertTrue(byEmail.isPresent());
    }

    @Test
    void query() {
        for (int i = 0; i < 25; i++) {
            var name = "user " + i;
            users.insert(u -> u.setName(name).setAge(20));
        }

        // README: query
        var adults = users.where(USERS.AGE.ge(18)).orderBy(USERS.NAME);
        Page<UsersRecord> page = adults.page(PageRequest.first(20));
        Page<UsersRecord> next = adults.page(page.next().orElseThrow());
        // end

        assertEquals(20, page.items().size());
        assertEquals(5, next.items().size());
    }

    @Test
    void update() {
        var edited = people().getFirst();
        users.update(edited.getId(), u -> u.setAge(30));
        var conflicts = new ArrayList<String>();

        // README: update with optimistic locking
        edited.setName("Anna"); // read earlier
        try {
            users.save(edited);
        } catch (StaleRecord changed) {
            conflicts.add("It was changed meanwhile.");
        }
        // end

        assertEquals(1, conflicts.size());
        assertEquals("Ann", users.get(edited.getId()).getName());
    }

    @Test
    void relation() {
        people();
        var lines = new ArrayList<String>();
        long before = database.statistics().statements();

        // README: relation
        for (var user : users.all().with(UsersRepository.ORDERS).list()) { // two statements
            lines.add(user.getName() + ": " + user.orders().size());
        }
        // end

        assertEquals(3, lines.size());
        // the relation is read in a transaction, which begins and ends
        assertEquals(2 + 2, database.statistics().statements() - before);
    }

    @Test
    void transaction() {
        int id = people().getFirst().getId();
        var orders = new OrdersRepository(database);

        // README: transaction
        database.transaction(session -> {
            var ann = users.in(session).get(id);
            ann.setName("Anna"); // at the commit: UPDATE of this column
            orders.in(session).insert(o -> o.setUserId(id).setNote("a chair"));
        }); // an exception in the lambda rolls both back
        // end

        assertEquals("Anna", users.get(id).getName());
        assertEquals(1, orders.where(ORDERS.USER_ID.eq(id)).count());
        assertThrows(
                IllegalStateException.class,
                () -> database.transaction(session -> {
                    users.in(session).get(id).setName("Annie");
                    orders.in(session).insert(o -> o.setUserId(id).setNote("a table"));
                    throw new IllegalStateException();
                }));
        assertEquals("Anna", users.get(id).getName());
        assertEquals(1, orders.where(ORDERS.USER_ID.eq(id)).count());
    }

    @Test
    void upsert() {
        people();
        var imported = List.of(new UsersRecord().setName("Ann").setAge(32).setEmail("ann@example.org"));
        var newcomers = List.of(new UsersRecord().setName("Dan"), new UsersRecord().setName("Eve"));

        // README: upsert, bulk insert
        UpsertCounts counts = users.upsertAll(imported).on(KEY_USERS_UK_USERS_EMAIL);
        List<UsersRecord> added = users.insertAll(newcomers); // one INSERT, which fills in the ids
        // end

        assertEquals(new UpsertCounts(0, 1, 0), counts);
        assertEquals("Dan", users.get(added.getFirst().getId()).getName());
    }

    @Test
    void uniqueViolation() {
        people();
        var taken = new ArrayList<String>();

        // README: unique violation
        try {
            users.insert(u -> u.setName("Eve").setEmail("ann@example.org"));
        } catch (UniqueViolation violation) {
            if (violation.key().equals(KEY_USERS_UK_USERS_EMAIL)) {
                taken.add("This email is taken.");
            }
        }
        // end

        assertEquals(List.of("This email is taken."), taken);
    }
}
