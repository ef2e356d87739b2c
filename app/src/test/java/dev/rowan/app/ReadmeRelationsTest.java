package dev.rowan.app;

import static dev.rowan.app.schema.Tables.ORDERS;
import static dev.rowan.app.schema.Tables.USERS;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.RelationPart;
import dev.rowan.app.schema.repositories.OrderItemsRepository;
import dev.rowan.app.schema.repositories.OrdersRepository;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.app.schema.tables.records.OrderItemsRecord;
import dev.rowan.app.schema.tables.records.OrdersRecord;
import dev.rowan.app.schema.tables.records.RolesRecord;
import dev.rowan.app.schema.tables.records.UsersRecord;
import dev.rowan.error.NotLoaded;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compiles and runs the Java of {@code docs/relations.md}. */
final class ReadmeRelationsTest extends ReadmeTest {

    private static final Path PAGE = Path.of("../docs/relations.md");

    // README: part
    static final RelationPart<UsersRecord, OrdersRecord> LATEST =
            UsersRepository.ORDERS.orderBy(ORDERS.PLACED_AT.desc()).limit(3);
    // end

    /** Ann has four orders of one item each. */
    @BeforeEach
    void order() {
        var ann = people().getFirst();
        var orders = new OrdersRepository(database);
        var items = new OrderItemsRepository(database);
        for (int day = 1; day <= 4; day++) {
            var note = "day " + day;
            var placed = LocalDateTime.of(2026, 1, day, 0, 0);
            var order =
                    orders.insert(o -> o.setUserId(ann.getId()).setNote(note).setPlacedAt(placed));
            items.insert(new OrderItemsRecord()
                    .setOrderId(order.getId())
                    .setLineNo(1)
                    .setProduct("tea")
                    .setPrice(BigDecimal.ONE));
        }
    }

    @Test
    void with() {
        var before = database.statistics().statements();

        // README: with
        var printed = new ArrayList<String>();
        var read = users.all()
                .with(UsersRepository.ORDERS.then(OrdersRepository.ITEMS))
                .with(UsersRepository.ROLES)
                .list(); // four statements, however many rows
        for (UsersRecord user : read) {
            for (OrdersRecord order : user.orders()) {
                printed.add(user.getName() + " ordered " + order.items().size() + " items");
            }
        }
        // end

        assertEquals(4 + 2, database.statistics().statements() - before, "with a begin and a commit");
        assertEquals(List.of("Ann ordered 1 items"), printed.stream().distinct().toList());
    }

    @Test
    void load() {
        var some = users.all().list();

        // README: load
        users.load(some, UsersRepository.INVITER);
        // end

        assertEquals(Optional.empty(), some.getFirst().inviter());
    }

    @Test
    void parts() {
        // README: parts
        var printed = new ArrayList<String>();
        for (UsersRecord user : users.all().with(LATEST).list()) { // two statements
            for (OrdersRecord order : LATEST.of(user)) {
                printed.add(user.getName() + ": " + order.getNote());
            }
        }
        // end

        assertEquals(List.of("Ann: day 4", "Ann: day 3", "Ann: day 2"), printed);
    }

    @Test
    void nested() {
        // README: nested
        record Order(String note, List<String> products) {}
        record Customer(String name, List<Order> orders) {}

        List<Customer> customers = users.all()
                .orderBy(USERS.NAME)
                .with(UsersRepository.ORDERS.then(OrdersRepository.ITEMS))
                .list(user -> new Customer(
                        user.getName(),
                        user.orders().stream()
                                .map(order -> new Order(
                                        order.getNote(),
                                        order.items().stream()
                                                .map(OrderItemsRecord::getProduct)
                                                .toList()))
                                .toList()));
        // end

        assertEquals(3, customers.size());
        assertTrue(customers.getFirst().orders().contains(new Order("day 2", List.of("tea"))));
    }

    @Test
    void theInverseSideIsTheSameRecord() {
        var ann = users.all()
                .orderBy(USERS.NAME)
                .with(UsersRepository.ORDERS)
                .list()
                .getFirst();
        assertSame(ann, ann.orders().getFirst().user());
    }

    @Test
    void eachConstantAndAccessorOfThePageExists() throws Exception {
        var page = Files.readString(PAGE);
        var constants = Pattern.compile("\\b(\\w+Repository)\\.([A-Z_]+)\\b").matcher(page);
        while (constants.find()) {
            assertNotNull(Class.forName("dev.rowan.app.schema.repositories." + constants.group(1))
                    .getField(constants.group(2)));
        }
        var records = Map.of(
                "user", UsersRecord.class,
                "order", OrdersRecord.class,
                "item", OrderItemsRecord.class,
                "role", RolesRecord.class);
        var accessors =
                Pattern.compile("\\b(user|order|item|role)\\.(\\w+)\\(\\)").matcher(page);
        while (accessors.find()) {
            assertNotNull(requireNonNull(records.get(accessors.group(1))).getMethod(accessors.group(2)));
        }
    }

    @Test
    void theMessageIsTheOneOnThePage() throws IOException {
        var ann = users.get(1);
        var message = assertThrows(NotLoaded.class, ann::orders).getMessage();
        assertTrue(Files.readString(PAGE).contains("\n> " + message + "\n"), message);
    }
}
