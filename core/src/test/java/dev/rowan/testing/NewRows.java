package dev.rowan.testing;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.rowan.shop.repositories.OrderItemsRepository;
import dev.rowan.shop.repositories.OrdersRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.OrdersRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import java.math.BigDecimal;
import java.util.List;

/**
 * New records of a user, an order and an item that reference each other. A test creates them before the transaction
 * that inserts them, so that the rollback of an attempt has to restore them.
 */
public final class NewRows {

    public final UsersRecord user;
    public final OrdersRecord order;
    public final OrderItemsRecord item;

    /** @param number distinguishes the names of these records from those of others */
    public NewRows(int number) {
        var label = "-" + number;
        user = new UsersRecord().setName("user" + label);
        order = new OrdersRecord().setNote("order" + label).setTotal(BigDecimal.ONE);
        item = new OrderItemsRecord()
                .setProduct("item" + label)
                .setLineNo(-number)
                .setPrice(BigDecimal.TEN);
        UsersRepository.ORDERS.add(user, order);
        OrderItemsRepository.ORDER.set(item, order);
        OrdersRepository.ITEMS.add(order, item);
    }

    /** Asserts that the records are as the constructor created them. */
    public void assertNotWritten() {
        assertNull(user.getId());
        assertNull(user.getVersion());
        assertNull(user.getAge());
        assertNull(user.getInviterId());
        assertNull(order.getId());
        assertNull(order.getUserId());
        assertNull(order.getApproverId());
        assertNull(item.getOrderId());
        assertNull(item.getQuantity());
        assertSame(user, order.user());
        assertSame(order, item.order());
        assertSame(order, onlyOne(user.orders()));
        assertSame(item, onlyOne(order.items()));
    }

    private static <T> T onlyOne(List<T> records) {
        if (records.size() != 1) {
            throw new AssertionError(records.size() + " records instead of 1");
        }
        return records.getFirst();
    }
}
