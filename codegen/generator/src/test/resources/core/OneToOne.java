package dev.rowan;

import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.ForeignKey;
import org.jooq.TableRecord;

public final class OneToOne<R extends TableRecord<R>, C extends TableRecord<C>> {
    public OneToOne(String name, ForeignKey<C, R> key, Supplier<C> newRecord) {}
    public Optional<C> of(R record) { return Optional.empty(); }
    public void set(R record, C row) {}
}
