package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.codegen.config.Rules;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a schema that a changelog makes, and of a database as it is. */
final class DocumentationTest {

    private static final String CHANGELOG = """
            --liquibase formatted sql
            --changeset ann:users
            CREATE TABLE users (
              id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
              email VARCHAR(100) NOT NULL COMMENT 'In <b>lower</b> case | always',
              state ENUM ('on', 'off') NOT NULL DEFAULT 'on',
              settings JSON,
              version INT NOT NULL DEFAULT 0,
              UNIQUE KEY uk_users_email (email)
            ) COMMENT 'Everybody';
            --changeset ann:orders
            CREATE TABLE orders (
              id INT PRIMARY KEY,
              user_id BIGINT UNSIGNED NOT NULL,
              placed_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
              CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
              INDEX ix_orders_placed (placed_at DESC)
            );
            CREATE VIEW counts AS SELECT user_id, COUNT(*) AS orders FROM orders GROUP BY user_id;
            --changeset bob:paid
            ALTER TABLE orders ADD COLUMN paid BOOLEAN NOT NULL DEFAULT FALSE;
            --changeset bob:rows
            INSERT INTO users (email) VALUES ('ann');
            """;

    @TempDir
    private Path folder;

    private final Properties rules = new Properties();
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void writeChangelog() throws Exception {
        Files.writeString(folder.resolve("log.sql"), CHANGELOG);
    }

    @Test
    void thePageTellsTheNamesOfTheCodeAndTheChangesetsOfEachTable() throws Exception {
        rules.setProperty(OptionKeys.NAMES, "users = Person");
        documentation(TestServers.configured()).writeApart(TestServers.configured());

        assertEquals("""
                # Shop

                Written by Rowan. Do not edit.

                ```mermaid
                erDiagram
                  "counts"
                  "orders" {
                    int id PK
                    bigint user_id FK
                  }
                  "users" {
                    bigint id PK
                  }
                  "users" ||--o{ "orders" : "user_id"
                ```

                ## counts (view)

                `CountsRepository`, `CountsRecord`, `Tables.COUNTS`

                | column | type | in Java | comment |
                | --- | --- | --- | --- |
                | `user_id` | `bigint unsigned` | `ULong` `getUserId()` |  |
                | `orders` | `bigint` | `Long` `getOrders()` |  |

                - changeset `orders` by ann, in `log.sql`

                ## orders

                `OrdersRepository`, `OrdersRecord`, `Tables.ORDERS`

                | column | type | in Java | comment |
                | --- | --- | --- | --- |
                | `id` | `int` | `Integer` `getId()` |  |
                | `user_id` | `bigint unsigned` | `ULong` `getUserId()` |  |
                | `placed_at` | `datetime(3)`, default CURRENT\\_TIMESTAMP(3) | `LocalDateTime` `getPlacedAt()` |  |
                | `paid` | `tinyint(1)`, default 0 | `Boolean` `getPaid()` |  |

                - primary key `id`
                - foreign key `fk_orders_user`: `user_id` → `users` `id`, on delete cascade
                - index `ix_orders_placed`: `placed_at desc`
                - relation `user()`: `PersonRecord`, to one `users`, through `fk_orders_user`
                - changeset `orders` by ann, in `log.sql`
                - changeset `paid` by bob, in `log.sql`

                ## users

                Everybody

                `PersonRepository`, `PersonRecord`, `Tables.PERSON`

                | column | type | in Java | comment |
                | --- | --- | --- | --- |
                | `id` | `bigint unsigned`, auto\\_increment | `ULong` `getId()` |  |
                | `email` | `varchar(100)` | `String` `getEmail()` | In \\<b\\>lower\\</b\\> case \\| always |
                | `state` | `enum('on','off')`, default on | `PersonState` `getState()` |  |
                | `settings` | `json` null | `JSON` `getSettings()` |  |
                | `version` | `int`, default 0 | `Integer` `getVersion()` |  |

                - primary key `id`
                - unique key `uk_users_email`: `email`, `findByEmail(…)`
                - relation `ordersByUser()`: `List<OrdersRecord>`, to many `orders`, through `fk_orders_user`
                - changeset `users` by ann, in `log.sql`

                """, Files.readString(folder.resolve("docs/SCHEMA.md")));

        var html = Files.readString(folder.resolve("docs/index.html"));
        assertTrue(html.contains("In &lt;b&gt;lower&lt;/b&gt; case | always"));
        assertTrue(html.contains("version</span>"));
    }

    @Test
    void aDatabaseThatIsNamedIsShownAsItIs() throws Exception {
        var database = new GeneratorFixture(TestServers.configured(), folder)
                .execute("CREATE TABLE cats (id INT PRIMARY KEY)");
        documentation(database.database()).run();

        var text = Files.readString(folder.resolve("docs/SCHEMA.md"));
        assertTrue(text.contains("## cats"), text);
        assertFalse(text.contains("changeset"), text);
        assertEquals(List.of("cats"), database.tables());
        database.drop();
        assertTrue(lines.getLast().contains("SCHEMA.md"), lines::toString);
    }

    @Test
    void aLargeSchemaHasAPageToo() throws Exception {
        var database = new GeneratorFixture(TestServers.configured(), folder)
                .execute(IntStream.range(0, 220)
                        .mapToObj(number -> "CREATE TABLE table_%d (id INT PRIMARY KEY, parent_id INT%s)"
                                .formatted(
                                        number,
                                        number == 0
                                                ? ""
                                                : ", CONSTRAINT fk_%1$d FOREIGN KEY (parent_id) REFERENCES table_%2$d (id)"
                                                        .formatted(number, number / 3)))
                        .toArray(String[]::new));
        documentation(database.database()).run();
        assertTrue(Files.readString(folder.resolve("docs/index.html")).contains("219 foreign keys"));
        database.drop();
    }

    @Test
    void thePageTellsTheContextsAndLabelsThatWereApplied() throws Exception {
        var changelog =
                new ChangelogSource("log.sql", List.of(folder), List.of("seed", "<demo>"), "v1 or v2", Map.of());
        var server = TestServers.configured();
        documentation(ServerOptions.of(server.url()), changelog).writeApart(server);

        assertTrue(Files.readString(folder.resolve("docs/SCHEMA.md"))
                .contains("Do not edit. With contexts: seed, \\<demo\\>; labels: v1 or v2.\n"));
        assertTrue(Files.readString(folder.resolve("docs/index.html"))
                .contains("<br>With contexts: seed, &lt;demo&gt;; labels: v1 or v2</p>"));
    }

    private Documentation documentation(DatabaseServer server) {
        return documentation(ServerOptions.of(server.url()));
    }

    private Documentation documentation(ServerOptions server) {
        return documentation(server, ChangelogSource.in(folder, "log.sql"));
    }

    private Documentation documentation(ServerOptions server, ChangelogSource changelog) {
        var generator = new GeneratorOptions(
                server,
                false,
                changelog,
                "com.example.shop",
                folder.resolve("work"),
                folder.resolve("docs"),
                ".*",
                "",
                Rules.of(rules));
        return new Documentation(
                new DocumentationOptions(generator, folder.resolve("docs/SCHEMA.md"), "Shop"), lines::add);
    }
}
