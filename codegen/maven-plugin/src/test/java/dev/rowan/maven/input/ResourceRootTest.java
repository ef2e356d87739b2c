package dev.rowan.maven.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.apache.maven.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a resource directory, as the class path will have them. */
final class ResourceRootTest {

    @TempDir
    private Path folder;

    private final Resource resource = new Resource();
    private Path directory;

    @BeforeEach
    void createDirectory() throws IOException {
        directory = Files.createDirectories(folder.resolve("resources"));
        Files.createDirectories(directory.resolve("db/more"));
        Files.writeString(directory.resolve("db/log.sql"), "CREATE TABLE ${table} (é INT)");
        Files.writeString(directory.resolve("db/more/dogs.sql"), "");
        resource.setDirectory(directory.toString());
    }

    @Test
    void aPlainDirectoryIsOnTheClassPathItself() throws IOException {
        assertEquals(directory, root().materialize(folder.resolve("staging")));
        assertTrue(root().contains("db/log.sql"));
        assertFalse(root().contains("db"));
        assertEquals(
                Set.of("db/log.sql", "db/more/dogs.sql"), root().digests("db/").keySet());
        assertEquals(Set.of(), root().digests("nowhere").keySet());
    }

    @Test
    void aNewFileIsWrittenOnlyWhereItGetsUnalteredToTheClassPath() {
        assertTrue(root().takes("db/new.sql"));

        resource.addExclude("**/*.sql");
        assertFalse(root().takes("db/new.sql"));
        assertTrue(root().takes("db/new.yaml"));

        resource.setFiltering(true);
        assertFalse(root().takes("db/new.yaml"));
    }

    @Test
    void aTargetPathIsPartOfTheName() throws IOException {
        resource.setTargetPath("META-INF/shop");

        assertTrue(root().contains("META-INF/shop/db/log.sql"));
        assertFalse(root().contains("db/log.sql"));
        assertEquals(
                Set.of("META-INF/shop/db/more/dogs.sql"),
                root().digests("META-INF/shop/db/more").keySet());
        assertTrue(Files.exists(staged().resolve("META-INF/shop/db/log.sql")));
    }

    @Test
    void aFilteredFileHasItsProperties() throws IOException {
        byte[] before = root().digests("db/log.sql").get("db/log.sql");
        resource.setFiltering(true);

        assertFalse(Arrays.equals(before, root().digests("db/log.sql").get("db/log.sql")));
        assertEquals("CREATE TABLE cats (é INT)", Files.readString(staged().resolve("db/log.sql")));
    }

    @Test
    void whatIsNoTextIsNotFiltered() throws IOException {
        byte[] image = {(byte) 0xff, '$', '{', 't', 'a', 'b', 'l', 'e', '}'};
        Files.write(directory.resolve("logo.png"), image);
        resource.setFiltering(true);

        assertArrayEquals(image, Files.readAllBytes(staged().resolve("logo.png")));
    }

    @Test
    void patternsChooseTheFiles() throws IOException {
        resource.setFiltering(true);
        resource.addInclude("**/*.sql");
        resource.addExclude("db/mor?/");

        assertEquals(Set.of("db/log.sql"), root().digests("db").keySet());
        assertFalse(Files.exists(staged().resolve("db/more")));
    }

    private ResourceRoot root() {
        return new ResourceRoot(resource, text -> text.replace("${table}", "cats"));
    }

    private Path staged() throws IOException {
        return root().materialize(folder.resolve("staging"));
    }
}
