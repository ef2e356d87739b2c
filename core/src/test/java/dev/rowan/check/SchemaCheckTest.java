package dev.rowan.check;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.SchemaMismatch;
import dev.rowan.junit.TestDatabase;
import dev.rowan.shop.DefaultSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaCheckTest {

    /** A schema that each test changes and restores. */
    @RegisterExtension
    static final TestDatabase SHOP = TestDatabase.of("rowan/changelog/master.yaml");

    /**
     * One change of the live schema, the one difference that it causes, and the statements that undo it.
     *
     * @param undo the statements; the fix of the difference if empty
     */
    record Case(String what, String change, String difference, String undo) {

        Case(String what, String change, String difference) {
            this(what, change, difference, "");
        }

        List<String> undoing() {
            return statements(undo.isEmpty() ? difference.substring(difference.indexOf("ALTER TABLE")) : undo);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> CASES = List.of(
            new Case(
                    "table missing",
                    "RENAME TABLE user_roles TO kept",
                    "user_roles is missing, or this user may not read it."
                            + " Apply the changesets that create it, or grant SELECT on it.",
                    "RENAME TABLE kept TO user_roles"),
            new Case(
                    "view in place of a table",
                    "RENAME TABLE user_roles TO kept; CREATE VIEW user_roles AS SELECT * FROM kept",
                    "user_roles is a view, not a table. Create it again as it was, or generate the sources again.",
                    "DROP VIEW user_roles; RENAME TABLE kept TO user_roles"),
            new Case(
                    "table in place of a view",
                    "RENAME TABLE user_totals TO kept; CREATE TABLE user_totals (user_id INT)",
                    "user_totals is a table, not a view. Create it again as it was, or generate the sources again.",
                    "DROP TABLE user_totals; RENAME TABLE kept TO user_totals"),
            new Case(
                    "column missing",
                    "ALTER TABLE orders DROP note",
                    "orders.note is missing, or this user may not read it."
                            + " ALTER TABLE `orders` ADD `note` text COLLATE utf8mb4_0900_ai_ci"),
            new Case(
                    "column renamed",
                    "ALTER TABLE orders RENAME COLUMN note TO remark",
                    "orders.note is missing, unless it was renamed to remark."
                            + " ALTER TABLE `orders` RENAME COLUMN `remark` TO `note`"),
            new Case(
                    "column of another type",
                    "ALTER TABLE order_items MODIFY product INT NOT NULL",
                    "order_items.product is int, not varchar(100). ALTER TABLE `order_items`"
                            + " MODIFY `product` varchar(100) COLLATE utf8mb4_0900_ai_ci NOT NULL"),
            new Case(
                    "decimals of another scale",
                    "ALTER TABLE order_items MODIFY price DECIMAL(14, 4) NOT NULL",
                    "order_items.price is decimal(14,4), not decimal(12,2). ALTER TABLE `order_items`"
                            + " MODIFY `price` decimal(12,2) NOT NULL"),
            new Case(
                    "column narrowed",
                    "ALTER TABLE order_items MODIFY product VARCHAR(80) NOT NULL",
                    "order_items.product is varchar(80), which holds less than varchar(100). ALTER TABLE `order_items`"
                            + " MODIFY `product` varchar(100) COLLATE utf8mb4_0900_ai_ci NOT NULL"),
            new Case(
                    "ENUM with less",
                    "ALTER TABLE users MODIFY status ENUM ('ACTIVE', 'CLOSED') NOT NULL DEFAULT 'ACTIVE'",
                    "users.status has no 'SUSPENDED'. ALTER TABLE `users` MODIFY `status`"
                            + " enum('ACTIVE','SUSPENDED','CLOSED') COLLATE utf8mb4_0900_ai_ci NOT NULL DEFAULT …",
                    "ALTER TABLE users MODIFY status ENUM ('ACTIVE', 'SUSPENDED', 'CLOSED') NOT NULL DEFAULT 'ACTIVE'"),
            new Case(
                    "ENUM with more",
                    "ALTER TABLE users"
                            + " MODIFY status ENUM ('ACTIVE', 'SUSPENDED', 'CLOSED', 'GONE') NOT NULL DEFAULT 'ACTIVE'",
                    "users.status has 'GONE', which the classes cannot read. ALTER TABLE `users` MODIFY `status`"
                            + " enum('ACTIVE','SUSPENDED','CLOSED') COLLATE utf8mb4_0900_ai_ci NOT NULL DEFAULT …",
                    "ALTER TABLE users MODIFY status ENUM ('ACTIVE', 'SUSPENDED', 'CLOSED') NOT NULL DEFAULT 'ACTIVE'"),
            new Case(
                    "ENUM in another order",
                    "ALTER TABLE users MODIFY status ENUM ('CLOSED', 'SUSPENDED', 'ACTIVE') NOT NULL DEFAULT 'ACTIVE'",
                    "users.status has its literals in another order, so that it sorts differently. ALTER TABLE"
                            + " `users` MODIFY"
                            + " `status` enum('ACTIVE','SUSPENDED','CLOSED') COLLATE utf8mb4_0900_ai_ci NOT NULL DEFAULT …",
                    "ALTER TABLE users MODIFY status ENUM ('ACTIVE', 'SUSPENDED', 'CLOSED') NOT NULL DEFAULT 'ACTIVE'"),
            new Case(
                    "NULL no longer allowed",
                    "ALTER TABLE users MODIFY name VARCHAR(50) NOT NULL",
                    "users.name is NOT NULL, so that nulls are refused."
                            + " ALTER TABLE `users` MODIFY `name` varchar(50) COLLATE utf8mb4_0900_ai_ci"),
            new Case(
                    "NULL now allowed",
                    "ALTER TABLE order_items MODIFY price DECIMAL(12, 2)",
                    "order_items.price may be null, which the classes do not expect."
                            + " ALTER TABLE `order_items` MODIFY `price` decimal(12,2) NOT NULL"),
            new Case(
                    "collation changed",
                    "ALTER TABLE users MODIFY name VARCHAR(50) COLLATE utf8mb4_bin",
                    "users.name has the collation utf8mb4_bin, not utf8mb4_0900_ai_ci, so that it compares text"
                            + " differently."
                            + " ALTER TABLE `users` MODIFY `name` varchar(50) COLLATE utf8mb4_0900_ai_ci"),
            new Case(
                    "default lost",
                    "ALTER TABLE users ALTER newsletter DROP DEFAULT",
                    "users.newsletter has no default, so that inserts must name it."
                            + " ALTER TABLE `users` MODIFY `newsletter` tinyint(1) NOT NULL DEFAULT …",
                    "ALTER TABLE users ALTER newsletter SET DEFAULT 0"),
            new Case(
                    "AUTO_INCREMENT lost",
                    withoutForeignKey("ALTER TABLE roles MODIFY id INT NOT NULL"),
                    "roles.id is not AUTO_INCREMENT, so that the server generates no key."
                            + " ALTER TABLE `roles` MODIFY `id` int NOT NULL AUTO_INCREMENT",
                    withoutForeignKey("ALTER TABLE roles MODIFY id INT AUTO_INCREMENT")),
            new Case(
                    "AUTO_INCREMENT new",
                    "ALTER TABLE order_items ADD INDEX ix_line (line_no), MODIFY line_no INT NOT NULL AUTO_INCREMENT",
                    "order_items.line_no is AUTO_INCREMENT, which the classes do not expect."
                            + " ALTER TABLE `order_items` MODIFY `line_no` int NOT NULL"),
            new Case(
                    "generated column no longer generated",
                    "ALTER TABLE users MODIFY email_domain VARCHAR(255)",
                    "users.email_domain is not generated, so that nothing fills it. ALTER TABLE `users` MODIFY"
                            + " `email_domain` varchar(255) COLLATE utf8mb4_0900_ai_ci GENERATED ALWAYS AS (…)",
                    "ALTER TABLE users MODIFY email_domain VARCHAR(255)"
                            + " GENERATED ALWAYS AS (SUBSTRING_INDEX(email, '@', -1)) STORED"),
            new Case(
                    "column now generated",
                    "ALTER TABLE orders MODIFY note TEXT GENERATED ALWAYS AS ('none') STORED",
                    "orders.note is generated, so that writes of it are refused."
                            + " ALTER TABLE `orders` MODIFY `note` text COLLATE utf8mb4_0900_ai_ci"),
            new Case(
                    "new column that inserts must name",
                    "ALTER TABLE roles ADD level INT NOT NULL",
                    "roles.level is NOT NULL without a default, and the classes do not know it, so that inserts fail."
                            + " ALTER TABLE `roles` ALTER `level` SET DEFAULT …",
                    "ALTER TABLE roles DROP level"),
            new Case(
                    "several things at one column",
                    "ALTER TABLE order_items MODIFY product VARCHAR(80) COLLATE utf8mb4_bin",
                    "order_items.product is varchar(80), which holds less than varchar(100); it has the collation"
                            + " utf8mb4_bin, not utf8mb4_0900_ai_ci, so that it compares text differently; it may be"
                            + " null, which"
                            + " the classes do not expect. ALTER TABLE `order_items`"
                            + " MODIFY `product` varchar(100) COLLATE utf8mb4_0900_ai_ci NOT NULL"),
            new Case(
                    "column of a view missing",
                    "RENAME TABLE user_totals TO kept;"
                            + " CREATE VIEW user_totals AS SELECT user_id, name, preferences, total FROM kept",
                    "user_totals.order_count is missing. Create the view again with it, or generate the sources again.",
                    "DROP VIEW user_totals; RENAME TABLE kept TO user_totals"),
            new Case(
                    "column of a view of another type",
                    "RENAME TABLE user_totals TO kept; CREATE VIEW user_totals AS"
                            + " SELECT user_id, name, preferences, CAST(order_count AS CHAR(9)) AS order_count, total FROM kept",
                    "user_totals.order_count is varchar(9), not bigint."
                            + " Create the view again as it was, or generate the sources again.",
                    "DROP VIEW user_totals; RENAME TABLE kept TO user_totals"),
            new Case(
                    "primary key missing",
                    "ALTER TABLE user_roles ADD INDEX ix_user (user_id), DROP PRIMARY KEY",
                    "user_roles has no primary key (user_id, role_id)."
                            + " ALTER TABLE `user_roles` ADD PRIMARY KEY (`user_id`, `role_id`)"),
            new Case(
                    "primary key changed",
                    "ALTER TABLE user_roles DROP PRIMARY KEY, ADD PRIMARY KEY (role_id, user_id)",
                    "user_roles has a primary key (role_id, user_id), not a primary key (user_id, role_id)."
                            + " ALTER TABLE `user_roles` DROP PRIMARY KEY, ADD PRIMARY KEY (`user_id`, `role_id`)"),
            new Case(
                    "unique key missing",
                    "ALTER TABLE roles DROP INDEX uk_roles_name",
                    "roles has no unique key uk_roles_name (name)."
                            + " ALTER TABLE `roles` ADD CONSTRAINT `uk_roles_name` UNIQUE (`name`)"),
            new Case(
                    "unique key changed",
                    "ALTER TABLE roles DROP INDEX uk_roles_name, ADD CONSTRAINT uk_roles_name UNIQUE (name, id)",
                    "roles has a unique key uk_roles_name (name, id), not a unique key uk_roles_name (name)."
                            + " ALTER TABLE `roles` DROP INDEX `uk_roles_name`,"
                            + " ADD CONSTRAINT `uk_roles_name` UNIQUE (`name`)"),
            new Case(
                    "unique key renamed",
                    "ALTER TABLE roles RENAME INDEX uk_roles_name TO names",
                    "roles has its unique key uk_roles_name (name) under the name names, so that no constant matches"
                            + " its violations. ALTER TABLE `roles` RENAME INDEX `names` TO `uk_roles_name`"),
            new Case(
                    "unique key new",
                    "ALTER TABLE order_items ADD CONSTRAINT uk_product UNIQUE (order_id, product)",
                    "order_items has a unique key uk_product (order_id, product) that the classes do not know, so that its"
                            + " violations have no constant. Generate the sources again.",
                    "ALTER TABLE order_items DROP INDEX uk_product"),
            new Case(
                    "foreign key missing",
                    "ALTER TABLE orders DROP FOREIGN KEY fk_orders_approver",
                    "orders has no foreign key fk_orders_approver (approver_id) to users (id). ALTER TABLE `orders` ADD"
                            + " CONSTRAINT `fk_orders_approver` FOREIGN KEY (`approver_id`) REFERENCES `users` (`id`)"),
            new Case(
                    "foreign key changed",
                    "ALTER TABLE orders DROP FOREIGN KEY fk_orders_approver; ALTER TABLE orders ADD CONSTRAINT"
                            + " fk_orders_approver FOREIGN KEY (approver_id) REFERENCES users (id) ON DELETE CASCADE",
                    "orders has a foreign key fk_orders_approver (approver_id) to users (id) ON DELETE CASCADE, not a"
                            + " foreign key fk_orders_approver (approver_id) to users (id). ALTER TABLE `orders` DROP"
                            + " FOREIGN KEY `fk_orders_approver`; ALTER TABLE `orders` ADD CONSTRAINT `fk_orders_approver`"
                            + " FOREIGN KEY (`approver_id`) REFERENCES `users` (`id`)"),
            new Case(
                    "foreign key renamed",
                    "ALTER TABLE orders DROP FOREIGN KEY fk_orders_approver,"
                            + " ADD CONSTRAINT approvers FOREIGN KEY (approver_id) REFERENCES users (id)",
                    "orders has its foreign key fk_orders_approver (approver_id) to users (id) under the name"
                            + " approvers, so that no constant matches its violations. ALTER TABLE `orders` DROP FOREIGN KEY"
                            + " `approvers`, ADD CONSTRAINT `fk_orders_approver` FOREIGN KEY (`approver_id`)"
                            + " REFERENCES `users` (`id`)"),
            new Case(
                    "foreign key new",
                    "ALTER TABLE users ADD CONSTRAINT fk_role FOREIGN KEY (age) REFERENCES roles (id)",
                    "users has a foreign key fk_role (age) to roles (id) that the classes do not know, so that its"
                            + " violations have no constant. Generate the sources again.",
                    "ALTER TABLE users DROP FOREIGN KEY fk_role"));

    private final Database database = Database.open(options());

    static DatabaseOptions options() {
        return DatabaseOptions.of(SHOP.url(), SHOP.user(), SHOP.password());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theDatabaseOfTheClassesHasNoDifference() {
        assertDoesNotThrow(() -> database.check(DefaultSchema.DEFAULT_SCHEMA));
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void aChangeIsOneDifferenceWithItsFix(Case change) {
        run(statements(change.change()));
        try {
            assertEquals(List.of(change.difference()), differences());
        } finally {
            run(change.undoing());
        }
        database.check(DefaultSchema.DEFAULT_SCHEMA);
    }

    /** The ignored differences of the page, each with the statements that cause and undo it. */
    static final Map<String, List<String>> HARMLESS = Map.ofEntries(
            entry("table new", List.of("CREATE TABLE more (id INT)", "DROP TABLE more")),
            entry(
                    "new column that may be null",
                    List.of("ALTER TABLE roles ADD note TEXT FIRST", "ALTER TABLE roles DROP note")),
            entry(
                    "new column with a default",
                    List.of("ALTER TABLE roles ADD level INT NOT NULL DEFAULT 1", "ALTER TABLE roles DROP level")),
            entry(
                    "new generated column",
                    List.of(
                            "ALTER TABLE roles ADD short CHAR(1) GENERATED ALWAYS AS (LEFT(name, 1)) STORED",
                            "ALTER TABLE roles DROP short")),
            entry(
                    "columns in another order",
                    List.of(
                            "ALTER TABLE order_items MODIFY price DECIMAL(12, 2) NOT NULL FIRST",
                            "ALTER TABLE order_items MODIFY price DECIMAL(12, 2) NOT NULL AFTER quantity")),
            entry(
                    "longer VARCHAR, VARBINARY or CHAR",
                    List.of("ALTER TABLE users MODIFY name VARCHAR(60)", "ALTER TABLE users MODIFY name VARCHAR(50)")),
            entry(
                    "longer TEXT or BLOB",
                    List.of("ALTER TABLE orders MODIFY note LONGTEXT", "ALTER TABLE orders MODIFY note TEXT")),
            entry(
                    "more digits before the point",
                    List.of(
                            "ALTER TABLE order_items MODIFY price DECIMAL(20, 2) NOT NULL",
                            "ALTER TABLE order_items MODIFY price DECIMAL(12, 2) NOT NULL")),
            entry(
                    "default new",
                    List.of(
                            "ALTER TABLE users ALTER name SET DEFAULT 'x'",
                            "ALTER TABLE users ALTER name DROP DEFAULT")),
            entry(
                    "index that is not unique",
                    List.of("CREATE INDEX ix_name ON users (name)", "DROP INDEX ix_name ON users")),
            entry(
                    "CHECK new or gone",
                    List.of(
                            "ALTER TABLE orders DROP CONSTRAINT ck_orders_total",
                            "ALTER TABLE orders ADD CONSTRAINT ck_orders_total CHECK (total >= 0)")),
            entry(
                    "foreign key to a table that the classes leave out",
                    List.of(
                            "CREATE TABLE more (id INT PRIMARY KEY);"
                                    + " ALTER TABLE users ADD CONSTRAINT fk_more FOREIGN KEY (age) REFERENCES more (id)",
                            "ALTER TABLE users DROP FOREIGN KEY fk_more; DROP TABLE more")),
            entry(
                    "foreign key to another database",
                    List.of(
                            "CREATE DATABASE rowan_test_other_roles;"
                                    + " CREATE TABLE rowan_test_other_roles.roles (id INT PRIMARY KEY);"
                                    + " ALTER TABLE users ADD CONSTRAINT fk_other"
                                    + " FOREIGN KEY (age) REFERENCES rowan_test_other_roles.roles (id)",
                            "ALTER TABLE users DROP FOREIGN KEY fk_other; DROP DATABASE rowan_test_other_roles")),
            entry(
                    "unique key with the columns of the primary key",
                    List.of("ALTER TABLE roles ADD UNIQUE uk_id (id)", "ALTER TABLE roles DROP INDEX uk_id")));

    @Test
    void thePageListsEveryReportedAndEveryIgnoredDifference() throws IOException {
        var lines = Files.readAllLines(Path.of("../docs/check.md"));

        assertEquals(
                CASES.stream()
                        .map(known -> "| " + known.what() + " | " + known.difference() + " |")
                        .toList(),
                lines.stream().filter(line -> line.startsWith("| ")).skip(2).toList());
        assertEquals(
                HARMLESS.keySet().stream().map(what -> "- " + what).sorted().toList(),
                lines.stream().filter(line -> line.startsWith("- ")).sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void anIgnoredChangeIsNoDifference(String change, List<String> statements) {
        run(statements(statements.get(0)));
        try {
            database.check(DefaultSchema.DEFAULT_SCHEMA);
        } finally {
            run(statements(statements.get(1)));
        }
    }

    @Test
    void aUniqueKeyWithAnExpressionIsNoDifference() {
        assumeFalse(database.dsl().fetchValue("select version()").toString().contains("MariaDB"), "no such keys");
        anIgnoredChangeIsNoDifference(
                "unique key with an expression",
                List.of(
                        "ALTER TABLE users ADD UNIQUE uk_lower (age, (LOWER(name)))",
                        "ALTER TABLE users DROP INDEX uk_lower"));
    }

    @Test
    void theHistoryOfATableOfMariaDbIsNoDifference() {
        assumeTrue(database.dsl().fetchValue("select version()").toString().contains("MariaDB"), "no such tables");
        anIgnoredChangeIsNoDifference(
                "system versioning",
                List.of("ALTER TABLE roles ADD SYSTEM VERSIONING", "ALTER TABLE roles DROP SYSTEM VERSIONING"));
    }

    static Stream<Arguments> harmless() {
        return HARMLESS.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    /** MySQL does not change a column that a foreign key references. */
    private static String withoutForeignKey(String change) {
        return "ALTER TABLE user_roles DROP FOREIGN KEY fk_user_roles_role; " + change
                + "; ALTER TABLE user_roles ADD CONSTRAINT fk_user_roles_role FOREIGN KEY (role_id) REFERENCES roles (id)";
    }

    private List<String> differences() {
        return assertThrows(SchemaMismatch.class, () -> database.check(DefaultSchema.DEFAULT_SCHEMA))
                .differences();
    }

    private void run(List<String> statements) {
        statements.forEach(database.dsl()::execute);
    }

    private static List<String> statements(String text) {
        return Stream.of(text.split(";")).map(String::strip).toList();
    }
}
