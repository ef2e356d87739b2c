package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.shop.schema.repositories.UsersRepository;
import dev.rowan.error.CheckViolation;
import dev.rowan.spring.test.RowanTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** The service without HTTP: its context has what the database needs, and no more. */
@RowanTest
@Import(OrderService.class)
class OrderServiceTest {

    @Autowired
    private OrderService orders;

    @Autowired
    private UsersRepository users;

    @Test
    void anOrderThatIsRefusedIsNotCounted() {
        var ann = users.insertAndGet(u -> u.setName("Ann").setEmail("ann@example.org"));

        orders.place(ann.getId(), "chair", 4);
        assertThrows(CheckViolation.class, () -> orders.place(ann.getId(), "table", 0));

        assertEquals(1, users.get(ann.getId()).getOrderCount());
    }
}
