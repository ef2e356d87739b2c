package dev.rowan.codegen.model;

import dev.rowan.codegen.naming.RelationName;
import java.util.List;
import org.jooq.meta.Definition;
import org.jooq.meta.TableDefinition;

/**
 * A relation of one table to another.
 *
 * @param target the table of the related rows
 * @param keys the foreign key; for a many-to-many relation, the two foreign keys of the link table
 * @param optional whether there may be no related row; always true unless the relation is to-one
 * @param description a sentence for javadoc, without its full stop
 */
public record Relation(
        RelationName name,
        Kind kind,
        TableDefinition target,
        List<Definition> keys,
        boolean optional,
        String description) {

    /** How many rows a relation joins, and through which tables. */
    public enum Kind {
        TO_ONE,
        /** The inverse side of a foreign key that is unique. */
        ONE_TO_ONE,
        TO_MANY,
        MANY_TO_MANY,
        /** Through a link table with more columns that an insert must set: links cannot be written. */
        READ_MANY_TO_MANY
    }
}
