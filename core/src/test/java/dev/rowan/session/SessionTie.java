package dev.rowan.session;

import dev.rowan.OneToOne;
import dev.rowan.Relation;
import dev.rowan.ToMany;
import dev.rowan.ToOne;
import dev.rowan.record.KeyedRecord;
import org.jooq.ForeignKey;

/**
 * The two relations of a foreign key, by which records are tied.
 *
 * @param name the constant of the relation to the row that is referred to
 * @param inverseName the constant of its inverse
 */
@SuppressWarnings({"unchecked", "rawtypes"}) // a program takes its relations by chance
record SessionTie(ForeignKey<?, ?> key, String name, ToOne relation, String inverseName, Relation inverse) {

    void tie(KeyedRecord<?> row, KeyedRecord<?> target, boolean asChild) {
        if (!asChild) {
            relation.set(row, target);
        } else if (inverse instanceof ToMany many) {
            many.add(target, row);
        } else {
            ((OneToOne) inverse).set(target, row);
        }
    }

    void clear(KeyedRecord<?> row) {
        relation.clear(row);
    }

    String text(String call) {
        return name + call;
    }

    String inverseText(String call) {
        return inverseName + (inverse instanceof ToMany ? ".add" : ".set") + call;
    }
}
