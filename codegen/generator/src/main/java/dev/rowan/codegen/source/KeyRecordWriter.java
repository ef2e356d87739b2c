package dev.rowan.codegen.source;

import dev.rowan.codegen.naming.RepositoryNames;
import java.util.List;
import java.util.StringJoiner;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.TableDefinition;
import org.jspecify.annotations.NullMarked;

/** Writes the Java record that holds a composite primary key. */
final class KeyRecordWriter {

    private final SourceFile file;

    KeyRecordWriter(SourceFile file) {
        this.file = file;
    }

    /** Writes the record into the file, below its imports. */
    void write(TableDefinition table, List<ColumnDefinition> columns) {
        List<String> names = RepositoryNames.parameters(file.strategy(), columns);
        var components = new StringJoiner(", ");
        for (int i = 0; i < names.size(); i++) {
            components.add(file.typeOf(columns.get(i)) + " " + names.get(i));
        }
        file.printJavadoc("The primary key of <code>%s</code>".formatted(table.getOutputName()));
        file.out().println("@%s", NullMarked.class);
        file.out().println("public record %s(%s) {}", RepositoryNames.keyRecord(file.strategy(), table), components);
    }
}
