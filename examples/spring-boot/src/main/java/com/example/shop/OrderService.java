package com.example.shop;

import static com.example.shop.schema.Tables.ORDERS;
import static com.example.shop.schema.Tables.USERS;

import com.example.shop.schema.repositories.OrdersRepository;
import com.example.shop.schema.repositories.UsersRepository;
import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.TransactionOptions;
import dev.rowan.spring.RetryOnTransientFailure;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class OrderService {

    private final Database database;
    private final UsersRepository users;
    private final OrdersRepository orders;
    private final Session session;

    OrderService(Database database, UsersRepository users, OrdersRepository orders, Session session) {
        this.database = database;
        this.users = users;
        this.orders = orders;
        this.session = session;
    }

    /** Places an order and counts it: both or neither. */
    @Transactional
    @RetryOnTransientFailure
    Order place(int user, String item, int quantity) {
        users.update(user, u -> u.set(USERS.ORDER_COUNT, USERS.ORDER_COUNT.plus(1)));
        return Order.of(orders.insertAndGet(
                order -> order.setUserId(user).setItem(item).setQuantity(quantity)));
    }

    /** Cancels an order: before the commit, the session deletes one row and updates the other. */
    @Transactional
    @RetryOnTransientFailure
    void cancel(int id) {
        var order = orders.in(session).get(id);
        var user = users.in(session).get(order.getUserId());
        user.setOrderCount(user.getOrderCount() - 1);
        session.delete(order);
    }

    /** Cancels all orders of a user, in a transaction that traces and meters show by its name. */
    void cancelAll(int user) {
        database.transaction(TransactionOptions.named("cancel orders"), session -> {
            orders.in(session).where(ORDERS.USER_ID.eq(user)).delete();
            users.in(session).update(user, u -> u.setOrderCount(0));
        });
    }

    PageOf<Order> of(int user, String token, int size) {
        users.get(user); // NotFound, in place of an empty list
        var newest = orders.where(ORDERS.USER_ID.eq(user)).orderBy(ORDERS.PLACED_AT.desc());
        return PageOf.of(newest.page(PageOf.request(token, size)), Order::of);
    }
}
