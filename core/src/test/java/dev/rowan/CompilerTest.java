package dev.rowan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Statements that must not compile, each with the message of the compiler. */
class CompilerTest {

    /** A statement and the compiler's message on each line; all are compiled together. */
    private static final Map<String, String> MISTAKES = mistakes("""
            users.find("7")                                         | String cannot be converted to java.lang.Integer
            items.get(7L)                                           | long cannot be converted to dev.rowan.shop.repositories.OrderItemsKey
            new OrderItemsKey(7L, "one")                            | String cannot be converted to java.lang.Integer
            users.findAll(java.util.List.of("7"))                   | inference variable E has incompatible bounds
            users.insert(u -> u.setAge("31"))                       | String cannot be converted to java.lang.Integer
            users.insert(u -> u.setNickname("A"))                   | cannot find symbol symbol: method setNickname
            users.update(7, u -> u.setEmailDomain("example.org"))   | setEmailDomain(java.lang.String) has private access
            users.where(USERS.AGE.eq("31"))                         | no suitable method found for eq(java.lang.String)
            users.where(USERS.NAME)                                 | cannot be converted to org.jooq.Condition
            totals.insert(t -> t.setName("Ann"))                    | cannot find symbol symbol: method insert
            totals.where(noCondition()).delete()                    | cannot find symbol symbol: method delete
            totals.all().page(PageRequest.first(10))                | PageRequest cannot be converted to
            users.save(order)                                       | dev.rowan.shop.tables.records.OrdersRecord cannot be converted to dev.rowan.shop.tables.records.UsersRecord
            users.insertAll(java.util.List.of(order))               | inference variable E has incompatible bounds
            users.upsert(user).on(KEY_ORDERS_PRIMARY)               | cannot be converted to org.jooq.UniqueKey<dev.rowan.shop.tables.records.UsersRecord>
            database.transaction(session -> { throw new IOException(); }) | unreported exception java.io.IOException
            String age = database.transactionResult(session -> 31)  | upper bounds: java.lang.String,java.lang.Object lower bounds: java.lang.Integer
            users.all().stream().toList()                           | method stream in class dev.rowan.ReadQuery<R> cannot be applied to given types
            String name = users.all().select(USERS.AGE).one().value1() | java.lang.Integer cannot be converted to java.lang.String
            users.all().select(USERS.AGE).list(row -> row.value2())  | cannot find symbol symbol: method value2
            totals.all().forUpdate()                                | cannot find symbol symbol: method forUpdate
            users.all().with(OrdersRepository.ITEMS)                | dev.rowan.ToMany<dev.rowan.shop.tables.records.OrdersRecord,dev.rowan.shop.tables.records.OrderItemsRecord> cannot be converted to dev.rowan.Relation<dev.rowan.shop.tables.records.UsersRecord,?>
            UsersRepository.ORDERS.then(UsersRepository.ROLES)      | cannot be converted to dev.rowan.Relation<dev.rowan.shop.tables.records.OrdersRecord,?>
            UsersRepository.ORDERS.of(order)                        | dev.rowan.shop.tables.records.OrdersRecord cannot be converted to dev.rowan.shop.tables.records.UsersRecord
            users.in(database)                                      | dev.rowan.Database cannot be converted to dev.rowan.Session
            """);

    @TestFactory
    Stream<DynamicTest> mistakesDoNotCompile() {
        var errors = errors(String.join(";\n", MISTAKES.keySet()));
        var statements = List.copyOf(MISTAKES.keySet());
        return IntStream.range(0, statements.size())
                .mapToObj(i -> DynamicTest.dynamicTest(statements.get(i), () -> {
                    var message = errors.getOrDefault(i, "nothing");
                    assertTrue(message.contains(MISTAKES.getOrDefault(statements.get(i), "")), message);
                }));
    }

    @Test
    void theSameStatementsWithoutTheMistakeCompile() {
        assertEquals(Map.of(), errors("""
                users.find(7);
                items.get(new OrderItemsKey(7L, 1));
                users.findAll(java.util.List.of(7));
                users.insert(u -> u.setAge(31));
                users.where(USERS.AGE.eq(31)).update(u -> u.setAge(null));
                totals.where(noCondition()).list();
                users.all().page(PageRequest.first(10));
                users.all().stream(rows -> rows.toList());
                String name = users.all().select(USERS.NAME).one().value1();
                users.all().with(UsersRepository.ORDERS.then(OrdersRepository.ITEMS)).list();
                users.all().forUpdate().list();
                users.save(user);
                users.insertAll(java.util.List.of(user));
                users.upsert(user).on(KEY_USERS_UK_USERS_EMAIL);
                try { database.transaction(session -> { throw new IOException(); }); } catch (IOException e) {}
                int age = database.transactionResult(session -> 31);
                database.transaction(session -> users.in(session).get(7))"""));
    }

    /** Returns the compiler's errors by statement, counted from 0. */
    private static Map<Integer, String> errors(String statements) {
        var head = """
                import static dev.rowan.shop.Tables.USERS;
                import static org.jooq.impl.DSL.noCondition;
                import dev.rowan.*;
                import dev.rowan.result.*;
                import dev.rowan.shop.repositories.*;
                import dev.rowan.shop.tables.records.*;
                import static dev.rowan.shop.Keys.*;
                import java.io.IOException;
                class Service {
                    void run(Database database, UsersRepository users, OrderItemsRepository items,
                            UserTotalsRepository totals, UsersRecord user, OrdersRecord order) {
                """;
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        // the compiler checks exceptions last, and only if it continues after other errors
        var options = List.of(
                "-proc:none",
                "--should-stop=ifError=FLOW",
                "-d",
                "target",
                "-cp",
                System.getProperty("java.class.path"));
        var source = new Source(head + statements + ";\n}}");
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostics, options, null, List.of(source))
                .call();
        var first = head.lines().count() + 1;
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .collect(Collectors.toMap(
                        diagnostic -> (int) (diagnostic.getLineNumber() - first),
                        diagnostic -> diagnostic.getMessage(Locale.ENGLISH).replaceAll("\\s+", " "),
                        (one, more) -> one + " " + more));
    }

    private static Map<String, String> mistakes(String table) {
        var mistakes = new LinkedHashMap<String, String>();
        table.lines().map(line -> line.split(" *\\| ", 2)).forEach(cells -> mistakes.put(cells[0], cells[1].strip()));
        return mistakes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Service.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
