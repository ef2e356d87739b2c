package dev.rowan.app;

import dev.rowan.Database;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.app.schema.tables.records.UsersRecord;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The variables that the README's Java uses: an open database, and the repository of its users. */
@NullUnmarked // JUnit fills in the fields
abstract class ReadmeTest {

    @RegisterExtension
    static final ServiceDatabase SERVICE = new ServiceDatabase();

    Database database;
    UsersRepository users;

    @BeforeEach
    void open() {
        database = SERVICE.open();
        users = new UsersRepository(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Inserts Ann, Bob and Cleo, whose ids are 1, 2 and 3. */
    List<UsersRecord> people() {
        return users.insertAll(List.of(
                new UsersRecord().setName("Ann").setAge(31).setEmail("ann@example.org"),
                new UsersRecord().setName("Bob").setAge(17),
                new UsersRecord().setName("Cleo").setAge(45)));
    }
}
