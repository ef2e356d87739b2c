package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.db.BinarySource;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The options of documenting a schema.
 *
 * @param generator where the schema is, and how sources are generated from it: the page tells their names. Its output
 *     is the directory of the page.
 * @param markdown the file that the page in Markdown is written to
 * @param title the title of the page
 */
record DocumentationOptions(GeneratorOptions generator, Path markdown, String title) {

    /** Reads the options that the build has written. */
    static DocumentationOptions of(Properties properties, BinarySource binaries) {
        var generator = GeneratorOptions.of(properties, OptionKeys.DOCS_DIRECTORY, binaries);
        var markdown = properties.getProperty(OptionKeys.MARKDOWN, "");
        return new DocumentationOptions(
                generator,
                markdown.isBlank() ? generator.output().resolve("SCHEMA.md") : Path.of(markdown),
                GeneratorOptions.required(properties, OptionKeys.TITLE));
    }

    /** Returns the file that the page is written to. */
    Path html() {
        return generator.output().resolve("index.html");
    }
}
