package dev.rowan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.testing.PublicApi;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the public API, everything that users compile against, with the committed {@code api.txt}, so that a review
 * shows every change of it. To accept a change, check the difference and run {@code mvn test -Dtest=ApiTest
 * -Dgolden=accept}.
 */
class ApiTest {

    private static final Path GOLDEN = Path.of("api.txt");

    private static final int SAID_OF_TYPES = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.ABSTRACT | Modifier.FINAL;

    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString", "values", "valueOf");

    @Test
    void thePublicApiEqualsTheCommittedText() throws Exception {
        var api = lines();
        if (System.getProperty("golden", "").equals("accept")) {
            Files.write(GOLDEN, api);
        }
        var agreed = Files.exists(GOLDEN) ? Files.readAllLines(GOLDEN) : List.<String>of();

        assertEquals("", difference(agreed, api), () -> """
                The public API is not that of api.txt: - is gone, + is new. If that is meant, run
                mvn test -Dtest=ApiTest -Dgolden=accept and commit api.txt. The difference""");
    }

    /** So that both packages can be imported as a whole. */
    @Test
    void noPublicNameIsOneOfJooqs() {
        for (var type : PublicApi.types()) {
            assertThrows(
                    ClassNotFoundException.class,
                    () -> Class.forName("org.jooq." + type.getSimpleName()),
                    () -> "org.jooq also has a " + type.getSimpleName());
        }
    }

    private static List<String> lines() {
        var lines = new ArrayList<String>();
        for (var type : PublicApi.types()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(header(type));
            members(type).sorted().forEach(member -> lines.add("    " + member));
        }
        return lines;
    }

    private static String header(Class<?> type) {
        var header = new StringBuilder(Modifier.toString(type.getModifiers() & SAID_OF_TYPES))
                .append(type.isSealed() ? " sealed " : " ")
                .append(
                        type.isInterface()
                                ? "interface "
                                : type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ")
                .append(type.getName().replaceFirst("^dev\\.rowan\\.", ""));
        if (type.getTypeParameters().length > 0) {
            header.append(Arrays.stream(type.getTypeParameters())
                    .map(ApiTest::parameter)
                    .collect(Collectors.joining(", ", "<", ">")));
        }
        if (type.isRecord()) {
            header.append(Arrays.stream(type.getRecordComponents())
                    .map(ApiTest::component)
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        var superclass = type.getGenericSuperclass();
        if (superclass != null && !type.isRecord() && !type.isEnum() && !superclass.equals(Object.class)) {
            header.append(" extends ").append(superclass.getTypeName());
        }
        if (type.getGenericInterfaces().length > 0) {
            header.append(Arrays.stream(type.getGenericInterfaces())
                    .map(Type::getTypeName)
                    .collect(Collectors.joining(", ", type.isInterface() ? " extends " : " implements ", "")));
        }
        return shortened(header.toString());
    }

    private static String parameter(TypeVariable<?> parameter) {
        var bounds = Arrays.stream(parameter.getBounds())
                .filter(bound -> !bound.equals(Object.class))
                .map(Type::getTypeName)
                .collect(Collectors.joining(" & "));
        return bounds.isEmpty() ? parameter.getName() : parameter.getName() + " extends " + bounds;
    }

    private static String component(RecordComponent component) {
        return component.getGenericType().getTypeName() + " " + component.getName();
    }

    private static Stream<String> members(Class<?> type) {
        var fields = Arrays.stream(type.getDeclaredFields())
                .filter(PublicApi::isSeen)
                .map(field -> field.isEnumConstant() ? field.getName() : field.toGenericString());
        var made = Stream.of(type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::stream)
                .filter(member -> PublicApi.isSeen(member) && !goesWithoutSaying(member, type))
                .map(Executable::toGenericString);
        return Stream.concat(fields, made).map(ApiTest::shortened).map(member -> withoutOwner(member, type));
    }

    /** The methods of every record, enum or object. */
    private static boolean goesWithoutSaying(Executable member, Class<?> type) {
        if (OF_EVERY_OBJECT.contains(member.getName())) {
            return true;
        }
        if (!type.isRecord()) {
            return false;
        }
        var components = Arrays.stream(type.getRecordComponents());
        return member instanceof Constructor<?>
                ? member.getParameterCount() == components.count()
                : member.getParameterCount() == 0
                        && components.anyMatch(component -> component.getName().equals(member.getName()));
    }

    private static String withoutOwner(String member, Class<?> type) {
        var owner = Pattern.quote(shortened(type.getName()));
        return member.replaceFirst(" " + owner + "\\.(\\w+)(?=\\(|$)", " $1")
                .replaceFirst("\\b" + owner + "\\(", "new(");
    }

    /** Removes the package from the names of Java and Rowan, which are clear without it. */
    private static String shortened(String text) {
        return text.replaceAll("\\b(?:java|dev\\.rowan)\\.(?:[a-z]\\w*\\.)*", "")
                .replaceAll("\\bdev\\.rowan\\.", "")
                .replace('$', '.')
                .replaceAll(",(?=\\S)", ", ");
    }

    private static String difference(List<String> agreed, List<String> api) {
        var gone = new ArrayList<>(agreed);
        api.forEach(gone::remove);
        var added = new ArrayList<>(api);
        agreed.forEach(added::remove);
        return Stream.concat(
                        gone.stream().map(line -> "- " + line), added.stream().map(line -> "+ " + line))
                .collect(Collectors.joining("\n"));
    }
}
