package dev.rowan.maven.input;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The jar of a dependency. */
final class JarRoot implements ChangelogRoot {

    private final Path jar;

    JarRoot(Path jar) {
        this.jar = jar;
    }

    /** The digests are the checksums in the jar's directory: a JVM that has just started is slow to digest contents. */
    @Override
    public SortedMap<String, byte[]> digests(String name) throws IOException {
        var digests = new TreeMap<String, byte[]>();
        String directory = name.endsWith("/") ? name : name + "/";
        try (var zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                boolean wanted = entry.getName().equals(name) || entry.getName().startsWith(directory);
                if (wanted && !entry.isDirectory()) {
                    String checksum = entry.getSize() + " " + entry.getCrc();
                    digests.put(entry.getName(), checksum.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return digests;
    }

    @Override
    public Path materialize(Path staging) {
        return jar;
    }
}
