package dev.rowan.spring.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.spring.DatabaseCustomizer;
import dev.rowan.spring.test.schema.repositories.UsersRepository;
import dev.rowan.spring.test.schema.tables.records.UsersRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** A test has the repositories, the transactions and the services that it imports, and nothing else. */
@RowanTest(contexts = "test", properties = "shop.name=corner")
@Import(Accounts.class)
class RowanTestTest {

    @Autowired
    private UsersRepository users;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApplicationContext context;

    private List<String> names() {
        return users.all().list().stream().map(UsersRecord::getName).sorted().toList();
    }

    @Test
    void servicesCommit() {
        accounts.rename(accounts.add("Bob"), "Bobby");

        assertEquals(List.of("Ann", "Bobby"), names());
    }

    @Test
    void rowsAreThoseOfTheChangelogBeforeEachTest() {
        assertEquals(List.of("Ann"), names());
        accounts.add("Cid");
    }

    @Test
    void rowsAreThoseOfTheChangelogAfterAnotherTest() {
        assertEquals(List.of("Ann"), names());
        accounts.add("Dan");
    }

    @Test
    void onlyWhatTheDatabaseNeedsIsInTheContext() {
        assertEquals(Map.of(), context.getBeansOfType(Mailer.class));
        assertEquals(1, context.getBeansOfType(DatabaseCustomizer.class).size());
        assertEquals(1, context.getBeansOfType(JdbcTemplate.class).size());
        assertEquals("corner", context.getEnvironment().getProperty("shop.name"));
    }
}
