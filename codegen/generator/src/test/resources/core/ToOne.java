package dev.rowan;

import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.ForeignKey;
import org.jooq.TableRecord;

public final class ToOne<R extends TableRecord<R>, P extends TableRecord<P>> {
    public ToOne(String name, ForeignKey<R, P> key, Supplier<P> newRecord) {}
    public Optional<P> of(R record) { return Optional.empty(); }
    public P get(R record) { return of(record).orElseThrow(); }
    public void set(R record, P row) {}
}
