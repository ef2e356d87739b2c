package dev.rowan.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.junit.TestDatabase;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service's tests may roll back what they wrote: Rowan's transactions inside them behave as elsewhere. */
class RolledBackServiceTest {

    @RegisterExtension
    static final TestDatabase DB =
            TestDatabase.of("rowan/changelog/master.yaml").rollingBack();

    private Database database;
    private UsersRepository users;

    @BeforeEach
    void open() {
        database = Database.over(DB.dataSource());
        users = new UsersRepository(database);
    }

    @RepeatedTest(2)
    void eachTestBeginsWithoutTheRowsOfTheOthers() {
        assertEquals(0, users.all().count());

        users.insert(u -> u.setName("Ann"));
        users.insertAll(List.of(
                new UsersRecord().setName("Bob"),
                new UsersRecord().setName("Cid").setAge(31)));

        assertEquals(3, users.all().count());
    }

    @RepeatedTest(2)
    void transactionsCommitAndRollBackWithinTheTest() {
        var done = new ArrayList<String>();
        database.transaction(session -> {
            users.in(session).insert(u -> u.setName("Ann"));
            session.afterCommit(() -> done.add("committed"));
        });
        assertThrows(
                IllegalStateException.class,
                () -> database.transaction(session -> {
                    users.in(session).insert(u -> u.setName("Bob"));
                    throw new IllegalStateException();
                }));

        assertEquals(List.of("Ann"), users.all().list(u -> u.getName()));
        assertEquals(List.of("committed"), done);
    }
}
