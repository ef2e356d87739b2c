package dev.rowan.spring.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import dev.rowan.spring.test.schema.repositories.UsersRepository;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.annotation.Transactional;

/** Each class has a database of its own, and nested classes share it. */
class UseTestDatabaseTest {

    private static final List<String> CATALOGS = Collections.synchronizedList(new ArrayList<>());
    private static final List<ApplicationContext> CONTEXTS = Collections.synchronizedList(new ArrayList<>());
    private static final List<ApplicationContext> OF_NESTED = Collections.synchronizedList(new ArrayList<>());

    @UseTestDatabase(contexts = "test")
    @SpringBootTest(classes = Shop.class)
    abstract static class Base {

        @Autowired
        protected DataSource dataSource;

        @Autowired
        protected UsersRepository users;

        @Autowired
        protected ApplicationContext context;

        void note() throws SQLException {
            try (var connection = dataSource.getConnection()) {
                CATALOGS.add(connection.getCatalog());
            }
            CONTEXTS.add(context);
            assertEquals(1, users.all().count());
            users.insert(u -> u.setName("Bob"));
        }
    }

    static class FirstCase extends Base {

        @Test
        void ofTheClass() throws SQLException {
            note();
        }

        @Nested
        class Inner {

            @Test
            void ofTheNestedClass() throws SQLException {
                note();
            }
        }

        @Nested
        @TestPropertySource(properties = "shop.name=Apart")
        class WithAContextOfItsOwn {

            @Test
            void ofTheNestedClass() throws SQLException {
                note();
            }
        }
    }

    static class SecondCase extends Base {

        @Test
        void ofAnotherClass() throws SQLException {
            note();
        }
    }

    @Test
    void classesHaveDatabasesOfTheirOwnAndContextsThatEndWithThem() {
        assertEquals(List.of(), failures(FirstCase.class, SecondCase.class));
        assertEquals(4, CATALOGS.size());
        assertEquals(2, CATALOGS.stream().distinct().count());
        assertEquals(3, CONTEXTS.stream().distinct().count());
        for (var context : CONTEXTS) {
            assertEquals(false, ((ConfigurableApplicationContext) context).isActive());
        }
    }

    /** Spring runs the nested classes only. */
    @UseTestDatabase
    static class OuterCase {

        @Nested
        @SpringBootTest(classes = Shop.class, properties = "shop.name=First")
        class First {

            @Test
            void ofTheNestedClass(@Autowired ApplicationContext context) {
                OF_NESTED.add(context);
            }
        }

        @Nested
        @SpringBootTest(classes = Shop.class, properties = "shop.name=Second")
        class Second {

            @Test
            void ofTheNestedClass(@Autowired ApplicationContext context) {
                OF_NESTED.add(context);
            }
        }
    }

    @Test
    void contextsOfNestedClassesAloneEndWithTheDatabase() {
        assertEquals(List.of(), failures(OuterCase.class));
        assertEquals(2, OF_NESTED.stream().distinct().count());
        for (var context : OF_NESTED) {
            assertEquals(false, ((ConfigurableApplicationContext) context).isActive());
        }
    }

    @SpringBootTest(classes = Shop.class)
    @UseTestDatabase
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstanceCase {

        @Autowired
        private UsersRepository users;

        @BeforeAll
        void beforeAll() {
            assertEquals(0, users.all().count());
            users.insert(u -> u.setName("of all, and deleted before the first test"));
        }

        @Test
        void first() {
            insertOnlyRow();
        }

        @Test
        void second() {
            insertOnlyRow();
        }

        private void insertOnlyRow() {
            assertEquals(0, users.all().count());
            users.insert(u -> u.setName("Bob"));
        }
    }

    @Test
    void aClassWithOneInstanceHasADatabase() {
        assertEquals(List.of(), failures(OneInstanceCase.class));
    }

    /** Spring's extension comes first, and so ends the transaction last. */
    @SpringBootTest(classes = Shop.class)
    @UseTestDatabase
    static class InTransactionsCase {

        @Autowired
        private UsersRepository users;

        @Test
        @Transactional
        void rolledBackBySpring() {
            users.insert(u -> u.setName("Bob"));
        }
    }

    @Test
    void aTransactionOfTheTestItselfIsNotLeftOpen() {
        assertEquals(List.of(), failures(InTransactionsCase.class));
    }

    private static List<String> failures(Class<?>... classes) {
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        request()
                                .selectors(Stream.of(classes)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                                .build(),
                        summary);
        assertTrue(summary.getSummary().getTestsFoundCount() > 0);
        return summary.getSummary().getFailures().stream()
                .map(failure -> String.valueOf(failure.getException()))
                .toList();
    }
}
