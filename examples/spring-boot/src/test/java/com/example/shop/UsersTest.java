package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.shop.schema.repositories.UsersRepository;
import dev.rowan.spring.test.RowanTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RowanTest
class UsersTest {

    @Autowired
    private UsersRepository users;

    @Test
    void aUserIsFoundByEmail() {
        users.insert(user -> user.setName("Ann").setEmail("ann@example.org"));

        assertTrue(users.findByEmail("ann@example.org").isPresent());
    } // the next test finds no user
}
