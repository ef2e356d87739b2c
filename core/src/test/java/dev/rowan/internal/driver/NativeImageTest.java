package dev.rowan.internal.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.testing.ShopDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the jar tells a native image of the classes that Rowan reaches by reflection only. */
class NativeImageTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final String FILE = "META-INF/native-image/dev.rowan/rowan-core/reachability-metadata.json";
    private static final Pattern DRIVER_CLASS = Pattern.compile("\"(com\\.mysql\\.cj\\.[\\w.]+)\"");

    private final Map<String, JsonNode> entries = entries();

    @Test
    void everyClassAndMemberExists() throws Exception {
        for (var entry : entries.entrySet()) {
            var type = entry.getValue().get("type");
            if (type.isString()) {
                requireMembers(Class.forName(entry.getKey().replace("[]", "")), entry.getValue());
            }
            for (var proxied : type.path("proxy")) {
                assertTrue(Class.forName(proxied.asString()).isInterface(), proxied.asString());
            }
            Class.forName(entry.getValue().at("/condition/typeReached").asString());
        }
        assertFalse(entries.isEmpty());
    }

    private static void requireMembers(Class<?> type, JsonNode entry) throws ReflectiveOperationException {
        for (var field : entry.path("fields")) {
            assertNotNull(type.getField(field.get("name").asString()));
        }
        for (var method : entry.path("methods")) {
            var name = method.get("name").asString();
            var parameters = new ArrayList<Class<?>>();
            for (var parameter : method.get("parameterTypes")) {
                parameters.add(Class.forName(parameter.asString()));
            }
            var types = parameters.toArray(Class<?>[]::new);
            assertNotNull(
                    name.equals("<init>") ? type.getDeclaredConstructor(types) : type.getDeclaredMethod(name, types));
        }
    }

    /** The classes of the driver are named in one package, and nowhere else. */
    @Test
    void everyClassOfTheDriverIsRegisteredThatIsFoundByName() throws IOException {
        var named = new TreeSet<String>();
        try (var sources = Files.walk(Path.of("src/main/java/dev/rowan"))) {
            for (var source : sources.filter(Files::isRegularFile).toList()) {
                DRIVER_CLASS
                        .matcher(Files.readString(source, UTF_8))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(named::add);
            }
        }
        var registered = entries.keySet().stream()
                .filter(type -> type.startsWith("com.mysql."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(named, registered);
    }

    @Test
    void theProxiesOfATransactionAreRegistered() {
        try (var database = Database.open(SHOP.options())) {
            database.transaction(session -> session.dsl().connection(connection -> {
                requireRegistered(connection);
                try (var prepared = connection.prepareStatement("SELECT 1");
                        var statement = connection.createStatement()) {
                    requireRegistered(prepared);
                    requireRegistered(statement);
                }
            }));
        }
    }

    /** jOOQ asks for the array class of each of its types when its first class is loaded. */
    @Test
    void theArraysOfJooqsTypesAreRegistered() throws Exception {
        DSL.using(SQLDialect.MYSQL);
        var types = Class.forName("org.jooq.impl.DefaultDataType").getDeclaredField("SQL_DATATYPES_BY_TYPE");
        types.setAccessible(true);
        var arrays = ((Map<?, ?>) types.get(null))
                .keySet().stream()
                        .map(type -> ((Class<?>) type).getTypeName())
                        .filter(name -> name.endsWith("[]") && !name.equals("byte[]"))
                        .collect(Collectors.toCollection(TreeSet::new));
        var registered = entries.keySet().stream()
                .filter(name -> name.endsWith("[]"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(arrays, registered);
    }

    private void requireRegistered(Object proxy) {
        assertTrue(Proxy.isProxyClass(proxy.getClass()), proxy.toString());
        var name = proxy.getClass().getInterfaces()[0].getName();
        assertTrue(entries.containsKey("proxy of " + name), name);
    }

    private static Map<String, JsonNode> entries() {
        try (var file = Database.class.getClassLoader().getResourceAsStream(FILE)) {
            return StreamSupport.stream(
                            new ObjectMapper().readTree(file).get("reflection").spliterator(), false)
                    .collect(Collectors.toMap(entry -> name(entry.get("type")), entry -> entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(JsonNode type) {
        return type.isString()
                ? type.asString()
                : "proxy of " + type.at("/proxy/0").asString();
    }
}
