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
 * New rows that refer to one another, made before the session that writes them, which may need more than one attempt.
 */
public final class NewRows {

    public final UsersRecord user;
    public final OrdersRecord order;
    public final OrderItemsRecord item;

    /** @param number makes their labels */
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

    /** Makes sure that the records are as they were made. */
    public void requireUnwritten() {
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

    private static <T> T onlyOne(List<T> all) {
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " of them");
        }
        return all.getFirst();
    }
}
