package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.shop.schema.repositories.OrdersRepository;
import com.example.shop.schema.repositories.UsersRepository;
import dev.rowan.Session;
import dev.rowan.error.InvalidValue;
import dev.rowan.spring.test.RowanTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which changes of records a transaction writes. */
@RowanTest
@Import({Checkout.class, CheckoutTest.Names.class})
class CheckoutTest {

    @Service
    static class Names {

        private final UsersRepository users;
        private final Session session;

        Names(UsersRepository users, Session session) {
            this.users = users;
            this.session = session;
        }

        @Transactional
        void rename(int id, String name) {
            users.in(session).get(id).setName(name); // before the commit: UPDATE of this column
        }

        @Transactional
        void forget(int id, String name) {
            users.get(id).setName(name); // writes nothing, and throws nothing: a record of no session
        }
    }

    @Autowired
    private Checkout checkout;

    @Autowired
    private Names names;

    @Autowired
    private UsersRepository users;

    @Autowired
    private OrdersRepository orders;

    private int ann;

    @BeforeEach
    void addAnn() {
        ann = users.insert(user -> user.setName("Ann").setEmail("ann@example.org")).getId();
    }

    @Test
    void aRecordOfTheSessionIsWritten() {
        names.rename(ann, "Anna");

        assertEquals("Anna", users.get(ann).getName());
    }

    @Test
    void aRecordOfNoSessionIsNotWritten() {
        names.forget(ann, "Anna");

        assertEquals("Ann", users.get(ann).getName());
    }

    @Test
    void anOrderAndANameAreWrittenTogether() {
        checkout.order(ann, "a chair");

        assertEquals("Anna", users.get(ann).getName());
        assertEquals(1, orders.all().count());
    }

    @Test
    void anOrderThatFailsKeepsTheName() {
        assertThrows(InvalidValue.class, () -> checkout.order(ann, "a chair".repeat(100)));

        assertEquals("Ann", users.get(ann).getName());
    }
}
