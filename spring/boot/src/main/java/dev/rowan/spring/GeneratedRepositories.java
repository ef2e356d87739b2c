package dev.rowan.spring;

import dev.rowan.ReadRepository;
import dev.rowan.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.util.ClassUtils;

/**
 * The repositories that Rowan has generated into some packages, or packages below. Only classes in a package {@code
 * repositories} are looked at, and none is loaded.
 *
 * @param classes the names of their classes
 */
record GeneratedRepositories(List<String> classes) {

    private static final String SUBPACKAGE = ".repositories";
    private static final String FILES = "/**/repositories/*Repository.class";
    private static final Set<String> PARENTS = Set.of(Repository.class.getName(), ReadRepository.class.getName());

    /** Looks for the repositories on the class path. */
    static GeneratedRepositories in(Collection<String> packages, ClassLoader loader) {
        var resolver = new PathMatchingResourcePatternResolver(loader);
        var readers = new SimpleMetadataReaderFactory(loader);
        var found = new TreeSet<String>();
        try {
            for (var name : packages) {
                found.addAll(in(name, resolver, readers));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The class path could not be searched for generated repositories.", e);
        }
        return new GeneratedRepositories(List.copyOf(found));
    }

    private static List<String> in(
            String name, PathMatchingResourcePatternResolver resolver, MetadataReaderFactory readers)
            throws IOException {
        var found = new ArrayList<String>();
        var path = ClassUtils.convertClassNameToResourcePath(name);
        for (var file : resolver.getResources("classpath*:" + path + FILES)) {
            var type = readers.getMetadataReader(file).getClassMetadata();
            if (PARENTS.contains(type.getSuperClassName())) {
                found.add(type.getClassName());
            }
        }
        return found;
    }

    /** Returns the names of the classes of their schemas. */
    List<String> schemas() {
        return classes.stream().map(GeneratedRepositories::schema).distinct().toList();
    }

    /** Returns the name of the class of the schema of a repository. */
    static String schema(String repository) {
        var name = ClassUtils.getPackageName(repository);
        return name.substring(0, name.length() - SUBPACKAGE.length()) + ".DefaultSchema";
    }
}
