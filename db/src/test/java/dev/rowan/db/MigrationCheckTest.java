package dev.rowan.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.MigrationCheck.Cost;
import dev.rowan.db.MigrationCheck.Verdict;
import dev.rowan.db.testing.ChangelogFiles;
import dev.rowan.db.testing.EmptyDatabaseExtension;
import dev.rowan.db.testing.SqlRunner;
import java.nio.file.Path;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmptyDatabaseExtension.class)
class MigrationCheckTest {

    private static final String USERS = """
            CREATE TABLE users (
              id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
              name VARCHAR(50) NOT NULL,
              email VARCHAR(100),
              age INT
            )
            """;

    @TempDir
    private Path folder;

    private final List<String> included = new ArrayList<>();
    private ChangelogFiles files;
    private DatabaseServer server;

    @BeforeEach
    void takeServer(DatabaseServer configured) {
        server = configured;
        files = new ChangelogFiles(folder);
    }

    @Test
    void theServerDecidesWhatAStatementCosts() throws Exception {
        released(USERS);
        changes(
                "ALTER TABLE users ADD COLUMN phone VARCHAR(20)",
                "ALTER TABLE users ADD INDEX ix_users_name (name)",
                "ALTER TABLE users ENGINE = InnoDB",
                "ALTER TABLE users MODIFY age BIGINT");
        assertEquals(
                List.of(Verdict.INSTANT, Verdict.ONLINE, Verdict.REBUILD, Verdict.BLOCKS_WRITES), verdicts(check()));
    }

    @Test
    void theServerIsAskedWhateverTheGrammarOfTheStatement() throws Exception {
        released(USERS + ";\nCREATE TABLE parts (id INT PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS"
                + " THAN (10))");
        changes(
                "CREATE INDEX ix_users_name ON users (name) -- for the list",
                "CREATE UNIQUE INDEX `uk on` ON `users` (email)",
                "alter table /* of users */ `users`\n  add column phone varchar(20) -- mobile",
                "CREATE FULLTEXT INDEX ft_users_name ON users (name)",
                "ALTER TABLE parts ADD PARTITION (PARTITION p1 VALUES LESS THAN (20))",
                "DROP INDEX ix_users_name ON users");
        var verdicts = verdicts(check());
        assertEquals(
                List.of(Verdict.ONLINE, Verdict.ONLINE, Verdict.INSTANT, Verdict.BLOCKS_WRITES),
                verdicts.subList(0, 4));
        var last = isMariaDb() ? Verdict.NOT_JUDGED : Verdict.ONLINE; // MariaDB's grammar has no ALGORITHM there
        assertEquals(List.of(last, last), verdicts.subList(4, 6));
    }

    @Test
    void aStatementThatBlocksWritesIsAnErrorWithTheReasonOfTheServer() throws Exception {
        released(USERS);
        changes("ALTER TABLE users MODIFY age BIGINT");

        var check = check();

        assertNamed(
                check.errors(), "ann:c1 in changes.sql blocks writes while it copies the table:", "MODIFY age BIGINT");
        assertEquals(1, check.errors().size(), check.errors()::toString);
    }

    @Test
    void theCommentOfAChangesetAcceptsForAReason() throws Exception {
        released(USERS);
        files.with(
                "changes.sql",
                "--liquibase formatted sql",
                "--changeset ann:c1",
                "--comment Ids grow. rowan:accept blocks-writes, rollback: 40 rows, see the review",
                "ALTER TABLE users MODIFY age BIGINT;");
        included.add("changes.sql");

        var check = check();

        assertEquals(List.of(), check.errors());
        assertEquals(List.of(), check.warnings());
        assertEquals("40 rows, see the review", check.costs().getFirst().accepted());
    }

    @Test
    void toAcceptNeedsAReasonAndAKnownName() throws Exception {
        released(USERS);
        files.with(
                "changes.sql",
                "--liquibase formatted sql",
                "--changeset ann:c1",
                "--comment rowan:accept blocks-writes",
                "ALTER TABLE users MODIFY age BIGINT;",
                "--changeset ann:c2",
                "--comment rowan:accept everything: I know better",
                "ALTER TABLE users ADD phone INT;",
                "--changeset ann:c3",
                "--comment rowan:accept blocks-writes: small, rollback: never needed",
                "ALTER TABLE users ADD fax INT;");
        included.add("changes.sql");

        var errors = check().errors();

        assertNamed(errors, "ann:c1 in changes.sql accepts something and gives no reason");
        assertNamed(errors, "ann:c2 in changes.sql accepts 'everything', which is unknown", "blocks-writes");
        assertNamed(errors, "ann:c3 in changes.sql accepts rollback within the reason of another finding");
        assertNamed(errors, "ann:c1 in changes.sql blocks writes");
    }

    @Test
    void aCommentIsNoEditOfAChangeset(DataSource database) throws Exception {
        files.with("log.sql", "--liquibase formatted sql", "--changeset ann:1", USERS + ";");
        Migrator.of(database, "log.sql", files.classLoader()).update();
        files.with(
                "log.sql",
                "--liquibase formatted sql",
                "--changeset ann:1",
                "--comment rowan:accept rollback: nobody goes back",
                USERS + ";");
        Migrator.of(database, "log.sql", files.classLoader()).validate();
    }

    @Test
    void whatAStatementItselfAsksForIsJudged() throws Exception {
        released(USERS);
        changes(
                "ALTER TABLE users ADD COLUMN phone VARCHAR(20), ALGORITHM=COPY",
                "ALTER TABLE users ADD INDEX ix_users_age (age), LOCK=SHARED",
                "ALTER TABLE users ADD COLUMN fax VARCHAR(20), ALGORITHM=INPLACE");
        var verdicts = verdicts(check());
        assertEquals(List.of(Verdict.BLOCKS_WRITES, Verdict.BLOCKS_WRITES), verdicts.subList(0, 2));
        assertTrue(verdicts.getLast() != Verdict.INSTANT, verdicts::toString); // MariaDB rebuilds nothing
    }

    @Test
    void aTableThatIsNewTooIsUsedByNobody() throws Exception {
        released(USERS);
        changes(
                "CREATE TABLE pets (id INT PRIMARY KEY)",
                "ALTER TABLE pets MODIFY id BIGINT",
                "RENAME TABLE pets TO animals",
                "ALTER TABLE animals MODIFY id INT",
                "RENAME TABLE users TO people",
                "ALTER TABLE people MODIFY age BIGINT");
        assertEquals(
                List.of(
                        Verdict.NEW,
                        Verdict.NEW,
                        Verdict.NOT_JUDGED,
                        Verdict.NEW,
                        Verdict.NOT_JUDGED,
                        Verdict.BLOCKS_WRITES),
                verdicts(check()));
    }

    @Test
    void whatTheServerCannotJudgeIsSaid() throws Exception {
        released(USERS);
        changes(
                "SET @a = 1",
                "UPDATE users SET name = 'it''s'",
                "CREATE TABLE names AS SELECT id, name FROM users",
                "DROP TABLE names");
        var costs = check().costs();
        assertEquals(
                List.of(
                        "it works on rows, as many as there are",
                        "it reads rows, as many as there are",
                        "it takes no ALGORITHM"),
                costs.stream().map(Cost::reason).toList());
        assertEquals("UPDATE users SET name = '…'", costs.getFirst().statement());
        assertTrue(costs.stream().allMatch(cost -> cost.verdict() == Verdict.NOT_JUDGED), costs::toString);
    }

    @Test
    void withoutATagAllIsJudgedAsIfInUse() throws Exception {
        changes(USERS, "ALTER TABLE users MODIFY age BIGINT");
        var check = check();
        assertEquals(List.of(Verdict.NEW, Verdict.BLOCKS_WRITES), verdicts(check));
        assertNamed(check.notes(), "All changesets are judged", "-Drowan.reference=");
    }

    @Test
    void aTagAtTheEndIsThatOfWhatIsJudged() throws Exception {
        released(USERS);
        changes("ALTER TABLE users ADD phone INT");
        tag("2.0");
        var check = check();
        assertEquals(List.of(Verdict.INSTANT), verdicts(check));
        assertNamed(check.notes(), "after the tag 1.0 ");
    }

    @Test
    void whatADatabaseInUseHasNotAppliedIsJudged(DataSource database) throws Exception {
        changes(USERS, "ALTER TABLE users MODIFY age BIGINT", "ALTER TABLE users ADD phone INT");
        migrator().apply(database).update();
        SqlRunner.execute(database, "DELETE FROM DATABASECHANGELOG WHERE ID = 'c3'");

        var check = MigrationCheck.of(server, migrator(), database);

        assertEquals(List.of(Verdict.INSTANT), verdicts(check));
        assertNamed(check.notes(), "after the reference database ");
        assertEquals(List.of("c1", "c2"), SqlRunner.query(database, "SELECT ID FROM DATABASECHANGELOG ORDER BY ID"));
    }

    @Test
    void aChangesetThatTagsAndDoesMoreIsJudged() throws Exception {
        released(USERS);
        files.with(
                "changes.yaml",
                "databaseChangeLog:",
                "  - changeSet:",
                "      id: c1",
                "      author: ann",
                "      changes:",
                "        - sql: { sql: 'ALTER TABLE users MODIFY age BIGINT' }",
                "        - tagDatabase: { tag: '2.0' }");
        included.add("changes.yaml");
        assertEquals(List.of(Verdict.BLOCKS_WRITES), verdicts(check()));
    }

    @Test
    void aTagInACommentIsAWarning() throws Exception {
        released(USERS);
        changes(
                "--tagDatabase: 2.0\nALTER TABLE users ADD phone INT",
                "ALTER TABLE users ADD fax INT -- no tagDatabase");
        var warnings = check().warnings().stream()
                .filter(warning -> warning.contains("tagDatabase"))
                .toList();
        assertEquals(1, warnings.size(), warnings::toString);
        assertNamed(warnings, "ann:c1 in changes.sql: its line --tagDatabase gives no tag");
    }

    @Test
    void anEmptyChangelogHasNothingToJudge() throws Exception {
        files.with("empty.yaml", "databaseChangeLog: []");
        included.add("empty.yaml");
        assertNamed(check().notes(), "The changelog has no changesets for this server, so there is nothing to judge.");
    }

    @Test
    void aTableOfAnotherDatabaseIsNotNewBecauseOneOfItsNameIs(DataSource database) throws Exception {
        SqlRunner.execute(database, "CREATE TABLE pets (id INT PRIMARY KEY, age INT)");
        var other = SqlRunner.query(database, "SELECT DATABASE()").getFirst();
        released(USERS);
        changes("CREATE TABLE `pets` (id INT PRIMARY KEY)", "ALTER TABLE " + other + ".`pets` MODIFY age BIGINT");
        assertEquals(List.of(Verdict.NEW, Verdict.BLOCKS_WRITES), verdicts(check()));
    }

    @Test
    void namesOfTablesMayHaveAnyCharacters() throws Exception {
        released("CREATE TABLE `the users` (`the id` INT PRIMARY KEY, Größe INT)");
        changes(
                "CREATE TABLE `order items` (id INT PRIMARY KEY, `user id` INT, UNIQUE (`user id`, id), CONSTRAINT `fk user`"
                        + " FOREIGN KEY (`user id`) REFERENCES `the users` (`the id`))",
                "CREATE TABLE größen (id INT PRIMARY KEY, größe INT)",
                "ALTER TABLE größen MODIFY größe BIGINT",
                "CREATE TABLE `a.``b` (id INT PRIMARY KEY, size INT)",
                "ALTER TABLE `a.``b` MODIFY size BIGINT");
        var check = check();
        assertTrue(verdicts(check).stream().allMatch(Verdict.NEW::equals), check.costs()::toString);
        assertNamed(check.warnings(), "the unique key on user id,id of order items has no name of its own");
    }

    @Test
    void theServerThatDecidedIsNamed() throws Exception {
        changes(USERS);
        assertEquals(
                isMariaDb(),
                check().notes().stream().anyMatch(note -> note.startsWith("These are the verdicts of MariaDB")));
    }

    @Test
    void aRollbackMustUndoItsChangeset() throws Exception {
        released(USERS);
        files.with(
                "changes.sql",
                "--liquibase formatted sql",
                "--changeset ann:c1",
                "ALTER TABLE users ADD phone INT;",
                "--rollback ALTER TABLE users DROP COLUMN phone;",
                "--changeset ann:c2",
                "ALTER TABLE users ADD fax INT, ADD INDEX ix_users_fax (fax);",
                "--rollback ALTER TABLE users DROP INDEX ix_users_fax;");
        included.add("changes.sql");

        var errors = check().errors();

        assertEquals(1, errors.size(), errors::toString);
        assertNamed(
                errors,
                "The rollback of the changeset ann:c2 in changes.sql does not undo it:",
                "users: the column fax is not in the schema before it.");
    }

    @Test
    void aRollbackMustRun() throws Exception {
        released(USERS);
        files.with(
                "changes.sql",
                "--liquibase formatted sql",
                "--changeset ann:c1",
                "ALTER TABLE users ADD phone INT;",
                "--rollback ALTER TABLE users DROP COLUMN fax;");
        included.add("changes.sql");
        assertNamed(check().errors(), "apply, roll back and apply", "ann:c1 in changes.sql");
    }

    @Test
    void aRollbackKeepsTheCollationOfTheDatabase() throws Exception {
        released(USERS);
        files.with(
                "changes.sql",
                "--liquibase formatted sql",
                "--changeset ann:c1",
                "ALTER DATABASE CHARACTER SET latin1;",
                "--rollback DO 1;");
        included.add("changes.sql");
        assertNamed(check().errors(), "ann:c1 in changes.sql does not undo it: The database had the collation utf8mb4");
    }

    @Test
    void aRollbackKeepsTheOrderOfTriggers() throws Exception {
        released(USERS);
        var first = "CREATE TRIGGER first BEFORE INSERT ON users FOR EACH ROW SET NEW.age = 1;";
        files.with(
                "changes.sql",
                "--liquibase formatted sql",
                "--changeset ann:c1",
                first,
                "--rollback DROP TRIGGER first;",
                "--changeset ann:c2",
                "CREATE TRIGGER last BEFORE INSERT ON users FOR EACH ROW SET NEW.age = 2 * NEW.age;",
                "--rollback DROP TRIGGER last;",
                "--changeset ann:c3",
                "DROP TRIGGER first;",
                "--rollback " + first);
        included.add("changes.sql");
        var errors = check().errors();
        assertEquals(1, errors.size(), errors::toString);
        assertNamed(errors, "ann:c3 in changes.sql does not undo it: The triggers run in another order in the schema");
    }

    @Test
    void aMissingRollbackIsAWarning() throws Exception {
        released(USERS);
        changes("ALTER TABLE users ADD phone INT");
        assertNamed(check().warnings(), "ann:c1 in changes.sql: it has no rollback", "rowan:accept rollback:");
    }

    @Test
    void aReleaseWithRowsMustMigrate() throws Exception {
        released(USERS + """
                ;
                CREATE TABLE orders (
                  id INT PRIMARY KEY,
                  user_id INT NOT NULL,
                  state ENUM('open', 'it''s, closed') NOT NULL,
                  price DECIMAL(5, 2) NOT NULL CHECK (price > 0),
                  code CHAR(2) NOT NULL UNIQUE,
                  data JSON NOT NULL,
                  placed DATETIME(6) NOT NULL,
                  CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id)
                )""");
        changes("DELETE FROM users", "ALTER TABLE users MODIFY email VARCHAR(100) NOT NULL");
        var check = check();
        assertNamed(
                check.errors(),
                "A database at the tag 1.0 that has rows cannot be migrated.",
                "ann:c1 in changes.sql",
                "1451");
        assertTrue(check.notes().stream().noneMatch(note -> note.contains("No rows")), check.notes()::toString);
    }

    @Test
    void eachNullableColumnIsNullInSomeRow() throws Exception {
        released(
                "CREATE TABLE users (id INT PRIMARY KEY, email VARCHAR(50), phone VARCHAR(20), CONSTRAINT ck_users_reach"
                        + " CHECK (email IS NOT NULL OR phone IS NOT NULL))");
        changes("ALTER TABLE users MODIFY phone VARCHAR(20) NOT NULL");
        assertNamed(check().errors(), "A database at the tag 1.0 that has rows cannot be migrated.");
    }

    @Test
    void whatFailsFromEachTagIsReportedOnce() throws Exception {
        released(USERS);
        files.with("more.sql", "--liquibase formatted sql", "--changeset ann:more", "CREATE TABLE pets (id INT KEY);");
        included.add("more.sql");
        tag("1.1");
        files.with(
                "changes.yaml",
                "databaseChangeLog:",
                "  - changeSet:",
                "      id: c1",
                "      author: ann",
                "      changes:",
                "        - addNotNullConstraint: { tableName: users, columnName: email, columnDataType: varchar(100) }");
        included.add("changes.yaml");
        var errors = check().errors().stream()
                .filter(error -> error.contains("cannot be migrated"))
                .toList();
        assertEquals(1, errors.size(), errors::toString);
        assertNamed(
                errors, "A database at the tag 1.0 or the tag 1.1 that has rows", "in ALTER TABLE users MODIFY email");
    }

    @Test
    void whatFailsOnRowsCanBeAccepted() throws Exception {
        released(USERS);
        files.with(
                "changes.sql",
                "--liquibase formatted sql",
                "--changeset ann:c1",
                "--comment rowan:accept rollback: as before rowan:accept data: there are no nulls",
                "ALTER TABLE users MODIFY email VARCHAR(100) NOT NULL;");
        included.add("changes.sql");
        var check = check();
        assertEquals(List.of(), check.errors());
        assertNamed(check.notes(), "no further than to what is accepted: there are no nulls");
    }

    @Test
    void changesThatAreNotWrittenAsSqlAreJudgedToo() throws Exception {
        released(USERS);
        files.with(
                "changes.yaml",
                "databaseChangeLog:",
                "  - changeSet:",
                "      id: wide",
                "      author: ann",
                "      comment: 'rowan:accept blocks-writes, rollback: few users'",
                "      changes:",
                "        - modifyDataType: { tableName: users, columnName: age, newDataType: bigint }",
                "  - changeSet:",
                "      id: index",
                "      author: ann",
                "      changes:",
                "        - createIndex: { indexName: ix, tableName: users, columns: [ column: { name: age } ] }");
        included.add("changes.yaml");
        var check = check();
        assertEquals(List.of(Verdict.BLOCKS_WRITES, Verdict.ONLINE), verdicts(check));
        assertEquals(List.of(), check.errors());
        assertEquals(List.of(), check.warnings());
    }

    @Test
    void nullsOfAReleaseMustMigrate() throws Exception {
        released(USERS);
        changes("ALTER TABLE users MODIFY email VARCHAR(100) NOT NULL");
        assertNamed(check().errors(), "at the tag 1.0 that has rows cannot be migrated.", "ann:c1 in changes.sql");
    }

    @Test
    void aMigrationThatKnowsOfItsRowsIsFine() throws Exception {
        released(USERS);
        changes(
                "UPDATE users SET email = '' WHERE email IS NULL",
                "ALTER TABLE users MODIFY email VARCHAR(100) NOT NULL");
        assertEquals(List.of(), check().errors());
    }

    @Test
    void tablesWithoutRowsAreNamed() throws Exception {
        released("CREATE TABLE odd (id INT PRIMARY KEY, a INT NOT NULL, CONSTRAINT ck_odd CHECK (a = 7))");
        changes("ALTER TABLE odd ADD b INT");
        assertNamed(check().notes(), "At the tag 1.0: No rows were made for odd");
    }

    @Test
    void whatIsLikelyToBeRegrettedIsAWarning() throws Exception {
        released(USERS);
        changes(
                "CREATE TABLE keyless (a INT)",
                "CREATE TABLE pets (id INT PRIMARY KEY, user_id INT, chip INT UNIQUE, age INT, CHECK (age > 0),"
                        + " FOREIGN KEY (user_id) REFERENCES users (id))",
                "ALTER TABLE users ADD nick VARCHAR(20) CHARACTER SET utf8mb3",
                "ALTER TABLE users ADD a INT;\nALTER TABLE users ADD b INT");
        var warnings = check().warnings().stream()
                .filter(warning -> !warning.contains("no rollback"))
                .toList();
        assertNamed(warnings, "ann:c1 in changes.sql: keyless has no primary key", "rowan:accept no-primary-key:");
        assertNamed(warnings, "ann:c2 in changes.sql: the unique key on chip of pets has no name of its own");
        assertNamed(warnings, "ann:c2 in changes.sql: a check constraint of pets has no name of its own");
        assertNamed(warnings, "ann:c2 in changes.sql: a foreign key constraint of pets has no name of its own");
        assertNamed(
                warnings,
                "ann:c2 in changes.sql: the foreign key pets_ibfk_1 of pets has no index in the changelog",
                "Add INDEX (`user_id`) to the table");
        assertNamed(warnings, "ann:c3 in changes.sql: users.nick has the character set utf8mb3");
        assertNamed(warnings, "ann:c4 in changes.sql: it has 2 statements that change the schema");
        assertEquals(7, warnings.size(), warnings::toString);
    }

    @Test
    void aReferenceThatTheServerDoesNotCheckIsAWarning(DataSource database) throws Exception {
        var players = "CREATE TABLE players (id INT AUTO_INCREMENT PRIMARY KEY, user_id INT, shirt INT, CONSTRAINT"
                + " uk_shirt UNIQUE (user_id, shirt), CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users (id))";
        var guests =
                "CREATE TABLE guests (id INT AUTO_INCREMENT PRIMARY KEY, user_id INT, shirt INT NOT NULL, CONSTRAINT"
                        + " uk_guest UNIQUE (user_id, shirt), CONSTRAINT fk_guest FOREIGN KEY (user_id) REFERENCES users (id))";
        SqlRunner.execute(database, USERS);
        SqlRunner.execute(database, players);
        var isStored = true;
        try {
            SqlRunner.execute(database, "INSERT INTO players (user_id) VALUES (7)");
        } catch (SQLIntegrityConstraintViolationException e) {
            isStored = false;
        }
        released(USERS);
        changes(players, guests);
        var warnings = check().warnings().stream()
                .filter(warning -> warning.contains("does not check"))
                .toList();
        assertEquals(isStored ? 1 : 0, warnings.size(), warnings::toString);
        if (isStored) {
            assertNamed(
                    warnings,
                    "ann:c1 in changes.sql: this server does not check the foreign key fk_user of players for rows with"
                            + " NULL in shirt, as the server checks it by the index uk_shirt",
                    "rowan:accept unchecked-reference:");
        }
    }

    @Test
    void whatIsWellMadeHasNoWarning() throws Exception {
        released(USERS);
        files.with(
                "changes.sql",
                "--liquibase formatted sql",
                "--changeset ann:c1",
                "CREATE TABLE pets (id INT PRIMARY KEY, user_id INT, chip INT, age INT, data JSON,",
                "  UNIQUE KEY chip (chip), CONSTRAINT ck_pets_age CHECK (age > 0), KEY fk_pets_user (user_id),",
                "  CONSTRAINT fk_pets_user FOREIGN KEY (user_id) REFERENCES users (id));",
                "--rollback DROP TABLE pets;");
        included.add("changes.sql");
        var check = check();
        assertEquals(List.of(), check.warnings());
        assertEquals(List.of(), check.errors());
    }

    @Test
    void nothingIsLeftOnTheServer(DataSource database) throws Exception {
        changes(USERS);
        check();
        assertEquals(List.of(), SqlRunner.query(database, "SHOW DATABASES LIKE 'rowan\\_check\\_%'"));
    }

    /** Writes a changeset with this SQL, and a tag after it. */
    private void released(String sql) throws Exception {
        files.with("released.sql", "--liquibase formatted sql", "--changeset ann:released", sql + ";");
        included.add("released.sql");
        tag("1.0");
    }

    private void tag(String tag) throws Exception {
        var file = "tag" + included.size() + ".yaml";
        files.with(
                file,
                "databaseChangeLog:",
                "  - changeSet:",
                "      id: tag-" + tag,
                "      author: ann",
                "      changes:",
                "        - tagDatabase: { tag: '" + tag + "' }");
        included.add(file);
    }

    /** Writes a changeset for each statement: c1, c2 and so on. */
    private void changes(String... statements) throws Exception {
        var lines = new ArrayList<>(List.of("--liquibase formatted sql"));
        for (var statement : statements) {
            lines.add("--changeset ann:c" + (lines.size() + 1) / 2);
            lines.add(statement + "\n;");
        }
        files.with("changes.sql", lines.toArray(String[]::new));
        included.add("changes.sql");
    }

    private Function<DataSource, Migrator> migrator() throws Exception {
        var lines = new ArrayList<>(List.of("databaseChangeLog:"));
        included.forEach(file -> lines.add("  - include: { file: " + file + " }"));
        files.with("log.yaml", lines.toArray(String[]::new));
        var classLoader = files.classLoader();
        return database -> Migrator.of(database, "log.yaml", classLoader);
    }

    private MigrationCheck check() throws Exception {
        return MigrationCheck.of(server, migrator());
    }

    private boolean isMariaDb() {
        return server.description().contains("MariaDB");
    }

    private static List<Verdict> verdicts(MigrationCheck check) {
        return check.costs().stream().map(Cost::verdict).toList();
    }

    private static void assertNamed(List<String> sentences, String... parts) {
        assertTrue(
                sentences.stream().anyMatch(sentence -> List.of(parts).stream().allMatch(sentence::contains)),
                () -> List.of(parts) + " is not in " + sentences);
    }
}
