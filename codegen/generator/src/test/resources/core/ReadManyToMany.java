package dev.rowan;

import java.util.List;
import java.util.function.Supplier;
import org.jooq.ForeignKey;
import org.jooq.TableRecord;

public final class ReadManyToMany<R extends TableRecord<R>, C extends TableRecord<C>> {
    public <L extends TableRecord<L>> ReadManyToMany(String name, ForeignKey<L, R> here, ForeignKey<L, C> there, Supplier<C> newRecord) {}
    public List<C> of(R record) { return List.of(); }
}
