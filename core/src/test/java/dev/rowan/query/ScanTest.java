package dev.rowan.query;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.error.InvalidPageToken;
import dev.rowan.result.Page;
import dev.rowan.result.PageRequest;
import dev.rowan.shop.enums.UsersStatus;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.SortField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ScanTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = SHOP.database();
    private final UsersRepository users = SHOP.users();

    @Test
    void aScanIsAllRowsInTheirOrderAndLazy() {
        fill(users, new Random(1), 25);
        var byName = users.all().orderBy(USERS.NAME);
        var expected = byName.page(PageRequest.first(100)).items().stream()
                .map(UsersRecord::getId)
                .toList();

        assertEquals(expected, ids(byName.scan(7)));
        var before = statements();
        assertTrue(byName.scan(7).findFirst().isPresent());
        assertEquals(before + 1, statements(), "one page was wanted");
        assertEquals(
                3,
                users.where(USERS.ID.in(expected.subList(0, 3)))
                        .scan(2)
                        .mapToInt(page -> page.items().size())
                        .sum());
        assertEquals(List.of(), ids(users.where(USERS.AGE.gt(140)).scan(7)));
    }

    @Test
    void aScanContinuesThoughItsConnectionsAreKilledBetweenPages() {
        fill(users, new Random(2), 20);
        var bystanders = connections();

        try (var victim = Database.open(SHOP.options())) {
            var walked = ids(new UsersRepository(victim).all().scan(5).peek(page -> killAllBut(bystanders)));
            assertEquals(users.all().orderBy(USERS.ID).list(UsersRecord::getId), walked);
        }
    }

    @Test
    void aStoppedScanIsResumedByAnotherDatabase() {
        fill(users, new Random(3), 20);
        var all = users.all()
                .orderBy(USERS.AGE.desc())
                .page(PageRequest.first(100))
                .items();
        var crashed = users.all().orderBy(USERS.AGE.desc()).scan(6).limit(2).toList();
        var token = crashed.getLast().next().orElseThrow().token().orElseThrow();

        try (var another = Database.open(SHOP.options())) {
            var rest =
                    new UsersRepository(another).all().orderBy(USERS.AGE.desc()).scan(PageRequest.at(token, 6));
            assertEquals(all.stream().skip(12).map(UsersRecord::getId).toList(), ids(rest));
        }
    }

    @Test
    void noConnectionIsHeldBetweenPages() {
        fill(users, new Random(4), 20);
        users.all()
                .scan(5)
                .forEach(page -> assertEquals(0, database.statistics().connectionsInUse()));
    }

    /** Rows are inserted and deleted during each scan; each of the other rows is returned exactly once. */
    @Test
    void aScanReturnsEveryUntouchedRowOnceInAnyOrderForwardsAndBackwards() throws Exception {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        fill(users, random, 60);
        var untouched = new HashSet<>(users.all().list(UsersRecord::getId));
        var over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var others = threads.submit(() -> {
                var rest = new Random(seed + 1);
                while (!over.get()) {
                    fill(users, rest, 3);
                    users.where(USERS.ID.notIn(untouched)).delete();
                }
                return null;
            });
            try {
                for (int walk = 0; walk < 25; walk++) {
                    var query = users.all().orderBy(order(random));
                    var size = 1 + random.nextInt(20);
                    var there = new ArrayList<Integer>();
                    var page = query.page(PageRequest.first(size));
                    for (; ; page = query.page(page.next().get())) {
                        page.items().forEach(row -> there.add(row.getId()));
                        if (page.next().isEmpty()) {
                            break;
                        }
                    }
                    var back = new ArrayList<>(page.items().reversed().stream()
                            .map(UsersRecord::getId)
                            .toList());
                    while (page.previous().isPresent()) {
                        page = query.page(page.previous().get());
                        page.items().reversed().forEach(row -> back.add(row.getId()));
                    }
                    there.retainAll(untouched);
                    back.retainAll(untouched);
                    assertEquals(untouched.size(), there.size(), "seed " + seed + ", walk " + walk);
                    assertEquals(untouched, new HashSet<>(there), "seed " + seed + ", walk " + walk);
                    assertEquals(there.reversed(), back, "seed " + seed + ", walk " + walk);
                }
            } finally {
                over.set(true);
            }
            others.get();
        }
    }

    private static OrderField<?>[] order(Random random) {
        var fields = new ArrayList<Field<?>>(List.of(
                USERS.NAME,
                USERS.AGE,
                USERS.STATUS,
                USERS.NEWSLETTER,
                USERS.EMAIL,
                USERS.EMAIL_DOMAIN,
                USERS.CREATED_AT,
                USERS.ID));
        Collections.shuffle(fields, random);
        return fields.stream()
                .limit(random.nextInt(4))
                .<SortField<?>>map(field -> random.nextBoolean() ? field.asc() : field.desc())
                .toArray(OrderField<?>[]::new);
    }

    @Test
    void aForgedTokenIsInvalidWhateverIsInIt() throws Exception {
        fill(users, new Random(5), 5);
        var byTime = users.all().orderBy(USERS.CREATED_AT);
        var name = "users[created_at, id]";

        assertEquals(
                3,
                byTime.page(PageRequest.at(forged(name, "2020-01-01T00:00", "1"), 3))
                        .items()
                        .size());
        for (var values : new String[][] {
            {"+999999999-12-31T00:00", "1"},
            {"-0001-01-01T00:00", "1"},
            {"2020-01-01T00:00:00", "1"},
            {"2020-01-01T00:00", "+1"},
            {"2020-01-01T00:00", "99999999999"},
            {"2020-01-01T00:00", "one"},
            {null, "1"},
            {"2020-01-01T00:00", null},
            {"2020-01-01T00:00"},
            {"2020-01-01T00:00", "1", "1"}
        }) {
            var token = forged(name, values);
            assertThrows(InvalidPageToken.class, () -> byTime.page(PageRequest.at(token, 3)), String.join(" ", values));
        }
        var orders = SHOP.orders().all().orderBy(ORDERS.TOTAL);
        for (var total : List.of("1E+2147483647", "1E-2147483647", "1E+5")) {
            assertThrows(
                    InvalidPageToken.class,
                    () -> orders.page(PageRequest.at(forged("orders[total, id]", total, "1"), 3)));
        }
    }

    @Test
    void aTokenWithAnyBitFlippedIsInvalid() {
        fill(users, new Random(6), 5);
        var query = users.all().orderBy(USERS.NAME);
        var token =
                query.page(PageRequest.first(2)).next().orElseThrow().token().orElseThrow();

        for (int i = 0; i < token.length() * 8; i++) {
            var text = token.getBytes(StandardCharsets.ISO_8859_1);
            text[i / 8] ^= (byte) (1 << i % 8);
            var flipped = new String(text, StandardCharsets.ISO_8859_1);
            assertThrows(InvalidPageToken.class, () -> query.page(PageRequest.at(flipped, 2)), flipped);
        }
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            var bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = 1;
            }
            var noise = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertThrows(InvalidPageToken.class, () -> query.page(PageRequest.at(noise, 2)), noise);
        }
    }

    /** Returns a token in the right format, with the right checksum. */
    private static String forged(String name, String... values) throws Exception {
        var content = ByteBuffer.allocate(1000).put((byte) 1).put((byte) 0);
        for (var value : values) {
            content.putInt(value == null ? -1 : value.length());
            if (value != null) {
                content.put(value.getBytes(StandardCharsets.UTF_8));
            }
        }
        var sha = MessageDigest.getInstance("SHA-256");
        sha.update(name.getBytes(StandardCharsets.UTF_8));
        sha.update(content.array(), 0, content.position());
        content.put(sha.digest(), 0, 8);
        var bytes = new byte[content.position()];
        content.flip().get(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void aTokenUnderAnotherConditionReturnsRowsOfThatConditionAlone() {
        fill(users, new Random(8), 20);
        var first = users.all().page(PageRequest.first(10));
        var page = users.where(USERS.NEWSLETTER.isTrue()).page(first.next().orElseThrow());

        var last = first.items().getLast().getId();
        assertEquals(
                users.where(USERS.NEWSLETTER.isTrue().and(USERS.ID.gt(last)))
                        .orderBy(USERS.ID)
                        .list(UsersRecord::getId),
                page.items().stream().map(UsersRecord::getId).toList());
    }

    @Test
    void aDeepPageIsReadFromARangeOfTheIndexAndReadsNoMoreRowsThanTheFirst() {
        var ann = SHOP.user("Ann", 1);
        var dsl = database.dsl();
        dsl.execute("insert into orders (user_id, placed_at) with recursive n (i) as"
                + " (select 1 union all select i + 1 from n where i < 900)"
                + " select " + ann.getId() + ", '2024-01-01' + interval a.i * 900 + b.i second"
                + " from n a, n b where a.i <= 22");
        dsl.fetch("analyze table orders");
        for (List<SortField<?>> order : List.<List<SortField<?>>>of(
                List.of(ORDERS.PLACED_AT.asc()), List.of(ORDERS.PLACED_AT.desc(), ORDERS.ID.desc()), List.of())) {
            database.transaction(session -> {
                var query = SHOP.orders().in(session).all().orderBy(order.toArray(OrderField<?>[]::new));
                var deep = query.scan(500)
                        .skip(37)
                        .findFirst()
                        .orElseThrow()
                        .next()
                        .orElseThrow();
                var before = rowsRead(session);
                assertEquals(500, query.page(PageRequest.first(500)).items().size());
                var between = rowsRead(session);
                assertEquals(500, query.page(deep).items().size());
                var first = between - before;
                var read = rowsRead(session) - between;
                assertTrue(read < 550, order + ": " + read + " rows read for a page of 500");
                assertTrue(read < first + 10, order + ": " + first + " rows read for the first page, " + read);
            });
        }
    }

    /** Returns the number of rows that the storage engine has read for the session, which EXPLAIN only estimates. */
    private static long rowsRead(Session session) {
        return session.dsl().fetch("show session status like 'Handler_read%'").stream()
                .mapToLong(row -> Long.parseLong(String.valueOf(row.get(1))))
                .sum();
    }

    private long statements() {
        return database.statistics().statements();
    }

    private List<Long> connections() {
        return database.dsl()
                .fetch("select id from information_schema.processlist where db = database() and id <> connection_id()")
                .getValues(0, Long.class);
    }

    private void killAllBut(List<Long> bystanders) {
        var killed =
                connections().stream().filter(id -> !bystanders.contains(id)).toList();
        assertFalse(killed.isEmpty());
        killed.forEach(id -> database.dsl().execute("kill " + id));
    }

    private static List<Integer> ids(Stream<Page<UsersRecord>> pages) {
        return pages.flatMap(page -> page.items().stream())
                .map(UsersRecord::getId)
                .toList();
    }

    /** Users with many equal values and nulls. */
    private static void fill(UsersRepository users, Random random, int rows) {
        var statuses = List.of(UsersStatus.ACTIVE, UsersStatus.CLOSED, UsersStatus.SUSPENDED);
        for (int i = 0; i < rows; i++) {
            users.insert(u -> u.setName(random.nextInt(4) == 0 ? null : "name " + random.nextInt(3))
                    .setAge(random.nextInt(4) == 0 ? null : random.nextInt(3))
                    .setStatus(statuses.get(random.nextInt(3)))
                    .setNewsletter(random.nextBoolean())
                    .setEmail(random.nextInt(3) == 0 ? null : random.nextLong() + "@example" + random.nextInt(2))
                    .setCreatedAt(LocalDateTime.of(2024, 1, 1 + random.nextInt(3), 0, 0, 0, 1000 * random.nextInt(2))));
        }
    }
}
