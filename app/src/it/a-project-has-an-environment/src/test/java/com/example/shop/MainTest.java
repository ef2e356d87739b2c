package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.shop.repositories.UsersRepository;
import dev.rowan.Database;
import dev.rowan.junit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the program of the README, in another process each time. */
class MainTest {

    @RegisterExtension
    static final TestDatabase DB = TestDatabase.of("shop/changelog.sql");

    @Test
    void theProgramRuns() {
        Main.main(new String[0]);
    }

    @Test
    void testsDoNotSeeTheDataOfTheEnvironment() {
        try (var database = Database.over(DB.dataSource())) {
            assertEquals(0, new UsersRepository(database).all().count());
        }
    }
}
