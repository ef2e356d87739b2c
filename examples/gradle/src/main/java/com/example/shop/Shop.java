package com.example.shop;

import static com.example.shop.Tables.USERS;

import com.example.shop.repositories.OrdersRepository;
import com.example.shop.repositories.UsersRepository;
import com.example.shop.tables.records.UsersRecord;
import dev.rowan.Database;
import java.util.List;

/** What the program does with its database. */
final class Shop {

    private final UsersRepository users;
    private final OrdersRepository orders;

    Shop(Database database) {
        users = new UsersRepository(database);
        orders = new OrdersRepository(database);
    }

    /** Adds a user. @throws dev.rowan.error.UniqueViolation if the email is taken */
    UsersRecord signUp(String name, String email) {
        return users.insert(user -> user.setName(name).setEmail(email));
    }

    void order(UsersRecord user, String note) {
        orders.insert(order -> order.setUserId(user.getId()).setNote(note));
    }

    /** Returns a line for each user, with the number of orders; two statements, however many users there are. */
    List<String> report() {
        return users.all().with(UsersRepository.ORDERS).orderBy(USERS.NAME).list().stream()
                .map(user -> user.getName() + ": " + user.orders().size() + " orders")
                .toList();
    }
}
