package dev.rowan.codegen.source;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.TableDefinition;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Writes the Java record that holds a composite primary key. */
final class KeyRecordWriter {

    private static final String BYTES = "byte[]";

    private final SourceFile file;

    KeyRecordWriter(SourceFile file) {
        this.file = file;
    }

    /** Writes the record into the file, below its imports. */
    void write(TableDefinition table, List<ColumnDefinition> columns) {
        List<String> names = file.names().parameters(columns);
        var components = new StringJoiner(", ");
        for (int i = 0; i < names.size(); i++) {
            components.add(file.typeOf(columns.get(i)) + " " + names.get(i));
        }
        file.printJavadoc("The primary key of <code>%s</code>".formatted(table.getOutputName()));
        file.out().println("@%s", NullMarked.class);
        var name = file.names().keyRecord(table);
        var types = columns.stream().map(file::typeOf).toList();
        if (types.contains(BYTES)) {
            file.out().println("public record %s(%s) {", name, components);
            writeComparison(name, names, types);
            file.out().println("}");
        } else {
            file.out().println("public record %s(%s) {}", name, components);
        }
    }

    /** Writes the methods that compare arrays by what they contain: a Java record would compare their identities. */
    private void writeComparison(String name, List<String> names, List<String> types) {
        var out = file.out();
        var equal = new StringJoiner(" && ");
        var hashes = new StringJoiner(", ");
        for (int i = 0; i < names.size(); i++) {
            var isArray = types.get(i).equals(BYTES);
            var compare = out.ref(isArray ? Arrays.class : Objects.class) + ".equals(";
            equal.add(compare + "this." + names.get(i) + ", that." + names.get(i) + ")");
            var own = "this." + names.get(i);
            hashes.add(isArray ? out.ref(Arrays.class) + ".hashCode(" + own + ")" : own);
        }
        out.println();
        out.println("@Override");
        out.println("public boolean equals(@%s Object other) {", Nullable.class);
        out.println("return other instanceof %s that && %s;", name, equal);
        out.println("}");
        out.println();
        out.println("@Override");
        out.println("public int hashCode() {");
        out.println("return %s.hash(%s);", Objects.class, hashes);
        out.println("}");
    }
}
