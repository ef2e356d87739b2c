package com.example.shop;

import com.example.shop.schema.repositories.OrdersRepository;
import com.example.shop.schema.repositories.UsersRepository;
import dev.rowan.Session;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class Checkout {

    private final UsersRepository users;
    private final OrdersRepository orders;
    private final Session session; // that of the open transaction

    Checkout(UsersRepository users, OrdersRepository orders, Session session) {
        this.users = users;
        this.orders = orders;
        this.session = session;
    }

    @Transactional // a RuntimeException rolls both back; a checked exception commits
    public void order(int id, String item) {
        var ann = users.in(session).get(id);
        ann.setName("Anna"); // before the commit: UPDATE of this column
        orders.insert(order -> order.setUserId(id).setItem(item).setQuantity(1));
    }
}
