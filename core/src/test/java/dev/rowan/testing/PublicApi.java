package dev.rowan.testing;

import dev.rowan.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The public API: what users compile against. */
public final class PublicApi {

    /** The packages that {@code module-info} exports. */
    private static final List<String> PACKAGES = List.of(
            "dev.rowan",
            "dev.rowan.config",
            "dev.rowan.error",
            "dev.rowan.observe",
            "dev.rowan.record",
            "dev.rowan.result",
            "dev.rowan.type");

    private PublicApi() {}

    /** Returns its types, nested ones too, in the order of their names. */
    public static Collection<Class<?>> types() {
        var types = new TreeMap<String, Class<?>>();
        try {
            var classes = Path.of(Database.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (var name : PACKAGES) {
                try (var files = Files.list(classes.resolve(name.replace('.', '/')))) {
                    for (var file :
                            files.map(path -> path.getFileName().toString()).toList()) {
                        if (file.endsWith(".class") && !file.contains("-info")) {
                            addIfPublic(Class.forName(name + "." + file.replace(".class", "")), types);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new LinkageError("The tests run on the compiled classes of core.", e);
        }
        return types.values();
    }

    /** Returns whether users see this member of a type that they see. */
    public static boolean isSeen(Member member) {
        return !member.isSynthetic() && isSeen(member.getModifiers());
    }

    private static void addIfPublic(Class<?> type, Map<String, Class<?>> types) {
        for (var outer = type; outer != null; outer = outer.getEnclosingClass()) {
            if (!isSeen(outer.getModifiers()) || outer.isAnonymousClass() || outer.isLocalClass()) {
                return;
            }
        }
        types.put(type.getName(), type);
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
