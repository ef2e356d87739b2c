package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.codegen.config.OptionKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated names, from a real schema to the sources. */
final class NamesTest {

    private static final String START =
            "Some names in Java would be the same. Change one of each two in <names>, in the configuration of the plugin.\n";

    private static final Pattern RELATION =
            Pattern.compile("(?m)^    public static final (\\w+)<\\w+, \\w+> (\\w+) = .*$");

    @TempDir
    private Path output;

    private GeneratorFixture generator;

    @BeforeEach
    void createDatabase() {
        generator = new GeneratorFixture(TestServers.configured(), output);
    }

    @Test
    void tablesWithOneNameAreAnErrorThatNamesBoth() throws Exception {
        generator.execute(
                "CREATE TABLE user_roles (id INT PRIMARY KEY)",
                "CREATE TABLE userRoles (id INT PRIMARY KEY)",
                "CREATE TABLE Users (id INT PRIMARY KEY)",
                "CREATE TABLE users (id INT PRIMARY KEY)");

        assertRejected("table userRoles and table user_roles both give the class UserRoles:"
                + " <name>user_roles = anotherName</name>\n"
                + "table Users and table users both give the class Users: <name>users = anotherName</name>");

        generator.configure(OptionKeys.NAMES, "users = Person", "user_roles = Grant");
        assertEquals(Set.of("Grant.java", "Person.java", "UserRoles.java", "Users.java"), generated("tables"));
    }

    @Test
    void columnsAndRelationsWithOneNameAreAnErrorThatNamesBoth() throws Exception {
        generator.execute(
                "CREATE TABLE users (id INT PRIMARY KEY)",
                "CREATE TABLE orders (id INT PRIMARY KEY, `a b` INT, a_b INT, user INT, user_id INT,"
                        + " CONSTRAINT fk_one FOREIGN KEY (user) REFERENCES users (id),"
                        + " CONSTRAINT fk_two FOREIGN KEY (user_id) REFERENCES users (id))");

        assertRejected("column orders.a b and column orders.a_b both give the constant A_B:"
                + " <name>orders.a_b = anotherName</name>\n"
                + "relation of orders.fk_one and relation of orders.fk_two both give the relation"
                + " OrdersRepository.USER: <name>orders.fk_two = anotherName</name>\n"
                + "inverse relation of orders.fk_one and inverse relation of orders.fk_two both give the relation"
                + " UsersRepository.ORDERS: <name>orders.fk_two = user, anotherName</name>");
    }

    /** The table's class has a nested class RoutesPath. */
    @Test
    void anEnumOfAColumnNamedPathIsNotHiddenByThePathsOfItsTable() throws Exception {
        generator.execute("CREATE TABLE routes (id INT PRIMARY KEY, path ENUM ('a', 'b'))");

        assertEquals(Set.of("RoutesPathEnum.java"), generated("enums"));
    }

    /** The class Users has a nested class UsersPath. */
    @Test
    void aTableWithTheNameOfAClassOfPathsIsNotHiddenByIt() throws Exception {
        generator.execute(
                "CREATE TABLE users (id INT PRIMARY KEY)",
                "CREATE TABLE users_path (id INT PRIMARY KEY, user_id INT,"
                        + " FOREIGN KEY (user_id) REFERENCES users (id))");

        assertCompiles();
    }

    @Test
    void tablesThatDifferInTheirCaseHaveTypesOfTheirOwn() throws Exception {
        generator
                .execute(
                        "CREATE TABLE roles (id INT PRIMARY KEY, kind SET ('a', 'b'))",
                        "CREATE TABLE ROLES (id INT PRIMARY KEY, kind INT)")
                .configure(OptionKeys.NAMES, "ROLES = numbers");

        assertCompiles();
    }

    @Test
    void theConstantOfATableAndTheFieldOfAPathWithOneNameAreAnErrorThatNamesBoth() throws Exception {
        generator.execute(
                "CREATE TABLE ___1 (id INT PRIMARY KEY)",
                "CREATE TABLE _1 (id INT PRIMARY KEY, ___1 INT, CONSTRAINT fk FOREIGN KEY (___1) REFERENCES ___1 (id))");

        assertRejected("table ___1 and inverse relation of _1.fk both give the field ___1:"
                + " <name>_1.fk = ____1, anotherName</name>");
    }

    @Test
    void aConfiguredNameHasAnyLettersOfJava() throws Exception {
        generator.execute("CREATE TABLE t (id INT PRIMARY KEY)").configure(OptionKeys.NAMES, "t = e\u0301\u00a5t");

        assertCompiles();
    }

    @Test
    void aTableThatLinksItselfHasEachRelationOnce() throws Exception {
        generator
                .configure(OptionKeys.NAMES, "parts.fk_part.fk_whole = wholes", "parts.fk_whole.fk_part = pieces")
                .execute("CREATE TABLE parts (id INT PRIMARY KEY, whole INT NOT NULL, part INT NOT NULL,"
                        + " UNIQUE KEY uk (whole, part),"
                        + " CONSTRAINT fk_part FOREIGN KEY (part) REFERENCES parts (id),"
                        + " CONSTRAINT fk_whole FOREIGN KEY (whole) REFERENCES parts (id))");

        generated("tables");
        var sources = new ArrayList<Path>();
        try (var files = Files.walk(output)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
        assertEquals(List.of(), SourceCompiler.compile(sources));
    }

    @Test
    void tablesColumnsAndRelationsHaveTheirConfiguredNames() throws Exception {
        generator
                .configure(
                        OptionKeys.NAMES,
                        "wp_* = *",
                        "wp_users = Person",
                        "wp_users.e_mail = email",
                        "wp_orders.fk_orders_user = customer, purchases",
                        "wp_links.fk_from.fk_to = friends")
                .execute(
                        "CREATE TABLE wp_users (id INT PRIMARY KEY, e_mail VARCHAR(50) UNIQUE)",
                        "CREATE TABLE wp_orders (id INT PRIMARY KEY, user_id INT,"
                                + " CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES wp_users (id))",
                        "CREATE TABLE wp_links (a INT, b INT, PRIMARY KEY (a, b),"
                                + " CONSTRAINT fk_from FOREIGN KEY (a) REFERENCES wp_users (id),"
                                + " CONSTRAINT fk_to FOREIGN KEY (b) REFERENCES wp_users (id))");

        assertEquals(Set.of("Links.java", "Orders.java", "Person.java"), generated("tables"));
        String record = source("tables/records/PersonRecord.java");
        assertTrue(record.contains("getEmail()") && record.contains("> purchases()"), record);
        assertTrue(source("repositories/PersonRepository.java").contains("findByEmail(String email)"));
        assertTrue(source("tables/Orders.java").contains("PersonPath customer()"));
        assertEquals(List.of("ToOne CUSTOMER"), relations("OrdersRepository"));
        assertTrue(
                relations("PersonRepository").contains("ManyToMany FRIENDS"),
                relations("PersonRepository").toString());
        assertTrue(source("Keys.java").contains("KEY_PERSON_E_MAIL"));
    }

    @Test
    void aNameForNothingIsAnError() throws Exception {
        generator
                .execute("CREATE TABLE users (id INT PRIMARY KEY)")
                .configure(OptionKeys.NAMES, "users.e_mail = email");

        var error = assertThrows(IllegalArgumentException.class, () -> generator.generate("names"));

        assertEquals(
                "Line 1 of <names>, \"users.e_mail = email\", names no column and no foreign key;"
                        + " there is no e_mail in users.",
                error.getMessage());
    }

    @Test
    void enumsOfTwoTablesAreTwoEnums() throws Exception {
        generator.execute(
                "CREATE TABLE customer (id INT PRIMARY KEY, contract_type ENUM ('customer'))",
                "CREATE TABLE customer_contract (id INT PRIMARY KEY, type ENUM ('active'))");

        assertEquals(Set.of("CustomerContract_Type.java", "Customer_ContractType.java"), generated("enums"));
        assertTrue(source("enums/CustomerContract_Type.java").contains("active(\"active\")"));
        assertTrue(source("tables/records/CustomerRecord.java").contains("Customer_ContractType getContractType()"));
    }

    @Test
    void membersAreExact() throws Exception {
        generator.execute("CREATE TABLE moods (id INT PRIMARY KEY,"
                + " mood ENUM ('😀', '/*', '@deprecated', '*/', '\\\\u0041', 'a\\nb', 'a\\rb', 'it''s', '?', 'literal'),"
                + " moods SET ('😀', 'e-mail', 'e mail', '3.5'))");

        assertEquals(Set.of("MoodsMood.java", "MoodsMoods.java"), generated("enums"));
        String mood = source("enums/MoodsMood.java");
        for (String literal : List.of(
                "_1f600(\"😀\")",
                "_2f_2a(\"/*\")",
                "(\"@deprecated\")",
                "(\"*/\")",
                "(\"\\\\u0041\")",
                "(\"a\\nb\")",
                "(\"a\\rb\")",
                "(\"it's\")",
                "(\"?\")",
                "literal_(\"literal\")")) {
            assertTrue(mood.contains(literal), mood);
        }
        String moods = source("enums/MoodsMoods.java");
        for (String literal :
                List.of("_1f600(\"😀\")", "$e$2d$mail(\"e-mail\")", "$e$20$mail(\"e mail\")", "_3_5(\"3.5\")")) {
            assertTrue(moods.contains(literal), moods);
        }
    }

    @Test
    void aNewLinkTableChangesNoName() throws Exception {
        generator.execute(
                "CREATE TABLE employees (emp_no INT PRIMARY KEY)",
                "CREATE TABLE departments (dept_no CHAR(4) PRIMARY KEY)",
                link("dept_emp"),
                link("dept_manager"));
        generated("tables");
        List<String> before = relations("EmployeesRepository");
        List<String> employee = relations("DeptEmpRepository");

        generator.execute(link("dept_acting"));
        generated("tables");

        assertEquals(
                List.of(
                        "ToMany DEPT_EMP",
                        "ToMany DEPT_MANAGER",
                        "ManyToMany DEPARTMENTS_BY_DEPT_EMP",
                        "ManyToMany DEPARTMENTS_BY_DEPT_MANAGER"),
                before);
        assertEquals(
                List.of("ToOne DEPARTMENT", "ToOne EMPLOYEE"),
                employee.stream().sorted().toList());
        assertTrue(relations("EmployeesRepository").containsAll(before));
        assertTrue(relations("EmployeesRepository").contains("ManyToMany DEPARTMENTS_BY_DEPT_ACTING"));
    }

    private static String link(String table) {
        return "CREATE TABLE " + table
                + " (emp_no INT NOT NULL, dept_no CHAR(4) NOT NULL, PRIMARY KEY (emp_no, dept_no),"
                + " FOREIGN KEY (emp_no) REFERENCES employees (emp_no),"
                + " FOREIGN KEY (dept_no) REFERENCES departments (dept_no))";
    }

    @Test
    void wordsAreFoundInCamelCase() throws Exception {
        generator.execute(
                "CREATE TABLE Album (AlbumId INT PRIMARY KEY)",
                "CREATE TABLE Track (TrackId INT PRIMARY KEY, UnitPrice INT, firstName INT, AlbumId INT,"
                        + " CONSTRAINT FK_TrackAlbum FOREIGN KEY (AlbumId) REFERENCES Album (AlbumId))",
                "CREATE TABLE Playlist (PlaylistId INT PRIMARY KEY)",
                "CREATE TABLE PlaylistTrack (PlaylistId INT, TrackId INT, PRIMARY KEY (PlaylistId, TrackId),"
                        + " FOREIGN KEY (PlaylistId) REFERENCES Playlist (PlaylistId),"
                        + " FOREIGN KEY (TrackId) REFERENCES Track (TrackId))",
                "CREATE TABLE Employee (EmployeeId INT PRIMARY KEY, ReportsTo INT,"
                        + " FOREIGN KEY (ReportsTo) REFERENCES Employee (EmployeeId))");

        assertTrue(generated("repositories").contains("PlaylistTrackRepository.java"));
        String track = source("tables/records/TrackRecord.java");
        assertTrue(track.contains("getUnitPrice()") && track.contains("getFirstName()"), track);
        assertTrue(track.contains("> album()"), track);
        String table = source("tables/Track.java");
        assertTrue(table.contains("UNIT_PRICE = ") && table.contains("AlbumPath album()"), table);
        assertEquals(
                List.of("ToOne ALBUM", "ToMany PLAYLIST_TRACK", "ManyToMany PLAYLIST"), relations("TrackRepository"));
        assertEquals(List.of("ToOne REPORTS_TO", "ToMany EMPLOYEE_BY_REPORTS_TO"), relations("EmployeeRepository"));
        assertTrue(source("tables/records/EmployeeRecord.java").contains("> reportsTo()"));
    }

    @Test
    void aRelationNeverHasTheNameOfAMethodThatARecordHas() throws Exception {
        generator.execute(
                "CREATE TABLE store (id INT PRIMARY KEY)",
                "CREATE TABLE staff (id INT PRIMARY KEY, name INT, store_id INT NOT NULL, get_name_id INT NOT NULL,"
                        + " FOREIGN KEY (store_id) REFERENCES store (id),"
                        + " FOREIGN KEY (get_name_id) REFERENCES store (id))");

        generated("tables");
        String staff = source("tables/records/StaffRecord.java");
        assertTrue(staff.contains("StoreRecord store_()") && staff.contains("StoreRecord getName_()"), staff);
    }

    @Test
    void foreignKeysWithTheSameColumnsAreOneRelation() throws Exception {
        generator.execute(
                "CREATE TABLE person (id INT PRIMARY KEY)",
                "CREATE TABLE employee (id INT PRIMARY KEY)",
                "CREATE TABLE manager (id INT PRIMARY KEY, CONSTRAINT fk_c FOREIGN KEY (id) REFERENCES employee (id),"
                        + " CONSTRAINT fk_a FOREIGN KEY (id) REFERENCES person (id),"
                        + " CONSTRAINT fk_b FOREIGN KEY (id) REFERENCES person (id))");

        generated("tables");
        assertEquals(
                List.of("ToOne EMPLOYEE", "ToOne PERSON"),
                relations("ManagerRepository").stream().sorted().toList());
    }

    private void assertRejected(String problems) {
        var error = assertThrows(IllegalArgumentException.class, () -> generator.generate("names"));

        assertEquals(START + problems, error.getMessage());
    }

    private void assertCompiles() throws Exception {
        generator.generate("names");
        try (Stream<Path> all = Files.walk(output)) {
            assertEquals(
                    List.of(),
                    SourceCompiler.compile(all.filter(Files::isRegularFile).toList()));
        }
    }

    /** Generates the sources and returns the names of the files in a directory. */
    private Set<String> generated(String directory) throws Exception {
        generator.generate("names");
        try (Stream<Path> files = Files.list(output.resolve("names").resolve(directory))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private String source(String file) throws IOException {
        return Files.readString(output.resolve("names").resolve(file));
    }

    /** Returns the kinds and names of relations. */
    private List<String> relations(String repository) throws IOException {
        return RELATION.matcher(source("repositories/" + repository + ".java"))
                .results()
                .map(relation -> relation.group(1) + " " + relation.group(2))
                .toList();
    }
}
