package dev.rowan.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.junit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// The README shows this class as an example of a test of a service.

// README: testing
class UsersTest {

    @RegisterExtension
    static final TestDatabase DB =
            TestDatabase.of("rowan/changelog/master.yaml").rollingBack();

    @Test
    void aUserIsFoundByEmail() {
        var users = new UsersRepository(Database.over(DB.dataSource()));
        users.insert(u -> u.setEmail("ann@example.org"));

        DB.assertStatements(
                1, () -> assertTrue(users.findByEmail("ann@example.org").isPresent()));
    } // rolled back
}
// end
