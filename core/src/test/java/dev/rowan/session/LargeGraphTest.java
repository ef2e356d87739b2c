package dev.rowan.session;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.Database;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.StatementCountTest;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A graph of a thousand users with ten orders of three items each takes few statements. */
class LargeGraphTest extends StatementCountTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = SHOP.database();

    @BeforeEach
    void aBulkInsertQueriesTheMaximumSizeOfAStatementOnce() {
        SHOP.users().insertAll(List.of(new UsersRecord().setName("first"), new UsersRecord().setName("second")));
    }

    @Override
    public Database database() {
        return database;
    }

    private static UsersRecord user(int number) {
        var user = new UsersRecord().setName("user " + number);
        for (int i = 0; i < 10; i++) {
            UsersRepository.ORDERS.add(user, order(number, i));
        }
        return user;
    }

    private static OrdersRecord order(int user, int number) {
        var order = new OrdersRecord().setNote(user + "." + number);
        for (int line = 1; line <= 3; line++) {
            OrdersRepository.ITEMS.add(
                    order,
                    new OrderItemsRecord()
                            .setLineNo(line)
                            .setProduct(user + "." + number + "." + line)
                            .setPrice(BigDecimal.valueOf(line)));
        }
        return order;
    }

    @Test
    void aGraphIsWrittenReadAndChangedByOneStatementForEachTableAndChunk() {
        var made = IntStream.range(0, 1000).mapToObj(LargeGraphTest::user).toList();
        assertStatements(1 + 10 + 2 * INCREMENT_QUERY + 35, session -> made.forEach(session::add));

        var read = assertStatementsOfRead(
                3,
                () -> SHOP.users()
                        .where(USERS.NAME.like("user %"))
                        .orderBy(USERS.ID)
                        .with(UsersRepository.ORDERS.then(OrdersRepository.ITEMS))
                        .list());
        assertEquals(1000, read.size());
        for (int i = 0; i < 1000; i++) {
            assertEquals(made.get(i).getId(), read.get(i).getId());
            var orders = read.get(i).orders();
            assertEquals(10, orders.size());
            for (var order : orders) {
                assertEquals(3, order.items().size());
                for (var item : order.items()) {
                    assertEquals(order.getNote() + "." + item.getLineNo(), item.getProduct());
                    assertEquals(
                            "user " + order.getNote().replaceFirst("\\..*", ""),
                            read.get(i).getName());
                }
            }
        }

        assertStatements(5 + 37, session -> {
            for (var user : read) {
                session.add(user).setAge(77);
                for (var order : user.orders()) {
                    session.add(order).setTotal(BigDecimal.TEN);
                }
            }
        });
        assertEquals(1000, SHOP.users().where(USERS.AGE.eq(77)).count());

        assertStatements(93 + 18 + 4, session -> {
            for (var user : read) {
                session.delete(user);
                for (var order : user.orders()) {
                    session.delete(order);
                    order.items().forEach(session::delete);
                }
            }
        });
        assertEquals(0, SHOP.items().all().count());
        assertEquals(2, SHOP.users().all().count());
    }
}
