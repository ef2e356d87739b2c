package dev.rowan;

import dev.rowan.Upserted.Outcome;
import dev.rowan.error.DatabaseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Query;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.UShort;

/**
 * An upsert that honours its key. By itself, {@code ON DUPLICATE KEY UPDATE} updates the row of <em>any</em> unique key.
 *
 * <p>Hence its first assignment is a guard. It leaves its column as it is, but works out on the way whether the row
 * is the one of this key. If so, it says so through LAST_INSERT_ID, which comes back with the answer and tells a row that
 * was there from a new one. If not, it fails, on a subquery that has one row too many.
 */
final class UpsertByKey<R extends Row<R>> implements ChunkWrite<R, UpsertByKey.Answer> {

    /** What the statement says: the rows as MySQL counts them (2 for one that was changed), and the id it left. */
    record Answer(long count, long id) {}

    /** Says that the row was there. No id that a server makes has this bit. */
    private static final long EXISTING = 1L << 63;

    /** The types of ids that leave the bit free, so that the answer has room for the id too. */
    private static final Set<Class<?>> SIGNED =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, UByte.class, UShort.class, UInteger.class);

    private final Mapping<R> mapping;
    private final UniqueKey<R> key;
    private final List<TableField<R, ?>> primaryKey;

    UpsertByKey(Mapping<R> mapping, UniqueKey<R> key) {
        this.mapping = mapping;
        this.key = key;
        this.primaryKey = Mapping.primaryKey(mapping.table());
    }

    /** Upserts one row, and fills in its primary key. */
    Upserted<R> upsert(R record, Channel channel) {
        requireUpsertable(record);
        var chunk = Chunk.of(mapping, record);
        Answer answer;
        Optional<List<Object>> row = Optional.empty();
        if (answersId(chunk) || isKnown()) {
            answer = write(chunk, channel);
        } else {
            var both = channel.atomically(session -> Map.entry(write(chunk, session), find(record, session)));
            answer = both.getKey();
            row = both.getValue();
        }
        var existing = answersId(chunk) ? answer.id() < 0 : answer.id() == EXISTING;
        channel.tracker().afterWrite(List.of(mapping.table()));
        channel.tracker().written(record);
        if (row.isPresent()) {
            for (int i = 0; i < primaryKey.size(); i++) {
                Records.learn(record, primaryKey.get(i), row.get().get(i));
            }
        } else if (answersId(chunk) || !existing) {
            mapping.learnId(record, idOf(answer));
        }
        record.touched(false);
        var changed = answer.count() > 1 ? Outcome.UPDATED : Outcome.UNCHANGED;
        return new Upserted<>(record, existing ? changed : Outcome.INSERTED);
    }

    /** Upserts the rows, all or none. */
    void upsertAll(List<R> records, Channel channel) {
        ChunkWrite.checkEach(records, this::requireUpsertable);
        if (records.isEmpty()) {
            return;
        }
        // a row must not be updated by what only another was given: rows of one statement were given the same
        var chunks = new Chunks<>(mapping, records.iterator(), Chunks.Limit.ofStatement(channel), written -> written)
                .toList();
        writeAll(chunks, channel);
        channel.tracker().afterWrite(List.of(mapping.table()));
        for (var record : records) {
            channel.tracker().written(record);
            record.touched(false);
        }
    }

    @Override
    public Answer write(Chunk<R> chunk, Channel channel) {
        try {
            return channel.run(call(chunk, chunk.text(oneRow(chunk))));
        } catch (DatabaseException e) {
            if (e.code() != REFUSED || chunk.rows().size() > 1) {
                throw e;
            }
            // the guard names no key; a plain insert fails on the very same row, and the server says by which key
            return channel.run(call(chunk, chunk.text()));
        }
    }

    private Call<Answer> call(Chunk<R> chunk, String text) {
        return chunk.call(
                Verb.UPSERT, text, executed -> new Answer(executed.getLargeUpdateCount(), GeneratedKey.of(executed)));
    }

    private String oneRow(Chunk<R> chunk) {
        return mapping.text(
                List.of("upsert", key.getName(), chunk.columns(), chunk.isNumbered()),
                () -> chunk.query().onDuplicateKeyUpdate().set(assignments(chunk)));
    }

    /** Returns the assignments, which the server makes from the first to the last. */
    private Map<Field<?>, Object> assignments(Chunk<R> chunk) {
        var assignments = new LinkedHashMap<Field<?>, Object>();
        var first = key.getFields().getFirst();
        assignments.put(first, guard(first, answersId(chunk)));
        var written = chunk.fields().stream()
                .filter(field -> !key.getFields().contains(field) && !primaryKey.contains(field))
                .toList();
        var version = mapping.version();
        if (version != null && !written.isEmpty()) {
            assignments.put(version, next(version, written));
        }
        for (var field : written) {
            assignments.put(field, DSL.excluded(field));
        }
        return assignments;
    }

    /** Stands in the key's own column: MySQL takes a statement of many rows ill that assigns the id it numbers by. */
    private <T> Field<T> guard(Field<T> carrier, boolean answersId) {
        // "=", not "<=>": NULL is like no other row's. Compared with 0, as what cannot be NULL is not worked out at
        // all.
        return DSL.field(
                "if(if({0}, last_insert_id({1}), (select 1 union select 2)) = 0, {2}, {2})",
                carrier.getDataType(),
                DSL.and(key.getFields().stream().map(UpsertByKey::isSame).toList()),
                answersId
                        ? DSL.field("{0} | 1 << 63", SQLDataType.BIGINT, primaryKey.getFirst())
                        : DSL.field("1 << 63", SQLDataType.BIGINT),
                carrier);
    }

    private static <T> Field<T> next(Field<T> version, List<Field<?>> written) {
        var unchanged = DSL.and(written.stream().map(UpsertByKey::isUnchanged).toList());
        return DSL.iif(unchanged, version, version.plus(DSL.inline(1)));
    }

    private static <T> Condition isSame(Field<T> field) {
        return field.eq(DSL.excluded(field));
    }

    /** Text is compared by its bytes: what only the collation takes for equal is a change. */
    private static <T> Condition isUnchanged(Field<T> field) {
        var wire = Codec.wire(field.getDataType());
        return wire == String.class || wire == JSON.class
                ? bytes(field).isNotDistinctFrom(bytes(DSL.excluded(field)))
                : field.isNotDistinctFrom(DSL.excluded(field));
    }

    private static Field<byte[]> bytes(Field<?> text) {
        return DSL.field("cast({0} as binary)", byte[].class, text);
    }

    /** Says whether the id, the whole primary key, comes back with the answer. */
    private boolean answersId(Chunk<R> chunk) {
        var identity = mapping.identity();
        return identity != null
                && chunk.isNumbered()
                && primaryKey.equals(List.of(identity))
                && SIGNED.contains(primaryKey.getFirst().getType());
    }

    /** Moves the sign over the bit: ids are far from filling 63 bits. */
    private static long idOf(Answer answer) {
        return answer.id() << 1 >> 1;
    }

    /** Says whether a record has the primary key already, to the letter, if it has the key. */
    private boolean isKnown() {
        return key.getFields().containsAll(primaryKey) && KeyLookup.areEqualInJava(primaryKey);
    }

    private Optional<List<Object>> find(R record, Channel session) {
        var text = mapping.text(List.of("upserted", key.getName()), () -> upserted());
        var binds = new Binds();
        for (var field : key.getFields()) {
            binds.add(mapping.codec(field), record.get(field));
        }
        return session.run(Call.query(mapping.table(), text, binds, rows -> {
            if (!rows.next()) {
                return Optional.empty();
            }
            var values = new ArrayList<Object>();
            for (int i = 0; i < primaryKey.size(); i++) {
                values.add(mapping.codec(primaryKey.get(i)).read(primaryKey.get(i), rows, i + 1));
            }
            return Optional.of(values);
        }));
    }

    /** Locks, so that it sees the row as the upsert saw it, and not as the transaction did at its beginning. */
    private Query upserted() {
        return mapping.dsl()
                .select(primaryKey)
                .from(mapping.table())
                .where(Mapping.equal(key.getFields()))
                .forUpdate();
    }

    private void requireUpsertable(R record) {
        var table = mapping.table().getName();
        Touched.requireValues(record, "upsert", mapping);
        for (var field : key.getFields()) {
            // one that was read has its key already
            if (!record.touched(field) && record.get(field) == null) {
                throw new IllegalArgumentException("An upsert on " + Names.constraint(key) + " finds its row by "
                        + Names.columns(key) + ". Set " + table + "." + field.getName() + " on the record.");
            } else {
                record.touched(field, true);
            }
        }
        Patch.refuseVersion(record, Touched.of(record, mapping));
    }
}
