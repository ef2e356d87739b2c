package dev.rowan;

import java.util.List;
import java.util.function.Supplier;
import org.jooq.ForeignKey;
import org.jooq.TableRecord;

public final class ToMany<R extends TableRecord<R>, C extends TableRecord<C>> {
    public ToMany(String name, ForeignKey<C, R> key, Supplier<C> newRecord) {}
    public List<C> of(R record) { return List.of(); }
}
