package dev.rowan.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.error.UniqueViolation;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.session.SessionModel.Outcome;
import dev.rowan.session.SessionModel.Row;
import dev.rowan.testing.ForcedRollback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program of calls in one transaction, and the same on a {@link SessionModel}. After each flush it compares the
 * rows of the database, and the session's records, with the model. Most calls that would lead to rows that the database
 * cannot hold are left out. For a single use.
 */
@NullUnmarked // run() fills it in
final class SessionProgram {

    /** What a call does. The numbers of the call choose rows, columns and values. */
    enum Kind {
        NEW(5),
        SET(5),
        EXCHANGE(3),
        SHIFT(3),
        DELETE(3),
        DELETE_WITH_DEPENDENTS(3),
        REPLACE(3),
        ADD(2),
        TIE(5),
        UNTIE(3),
        LINK(3),
        FLUSH(2),
        NESTED(1),
        NESTED_ROLLED_BACK(1),
        END_OF_NESTED(2),
        SAVE(1),
        UPSERT(1),
        REFRESH(1),
        READ(1);

        private final int frequency;

        Kind(int frequency) {
            this.frequency = frequency;
        }

        /** Returns how often it is called, compared with the others. */
        int frequency() {
            return frequency;
        }
    }

    /** One call: a kind, and four numbers that choose of what there is. */
    record Call(Kind kind, int a, int b, int c, int d) {

        /** Returns whether the call is made even if the database cannot hold its result. */
        boolean isBold() {
            return d % 16 == 15;
        }
    }

    /** Ends the program: a flush was refused. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final SessionSchema schema;
    private final SessionTables tables;
    private final Database database;
    private final List<Call> calls;
    private final List<String> text = new ArrayList<>();
    private final Map<String, Integer> outcomes;
    private SessionModel model;
    private Session session;

    /** The rows of the database when it was last compared with the model. */
    private SessionTables.Dump dump;

    private int next;
    private int names;

    SessionProgram(
            SessionSchema schema,
            SessionTables tables,
            Database database,
            List<Call> calls,
            Map<String, Integer> outcomes) {
        this.schema = schema;
        this.tables = tables;
        this.database = database;
        this.calls = calls;
        this.outcomes = outcomes;
        this.model = tables.model();
    }

    /** Runs the program. */
    void run(int order, boolean commits) {
        var committed = new boolean[1];
        var atCommit = new Outcome[1];
        var before = model.copy();
        var rowsBefore = tables.rowsBefore();
        dump = rowsBefore;
        try {
            try {
                database.transaction(opened -> {
                    session = opened;
                    readTables(order);
                    readHere.clear();
                    rest(false);
                    if (!commits) {
                        flush();
                        throw new ForcedRollback();
                    }
                    atCommit[0] = model.outcome();
                    say("// commit");
                });
                committed[0] = true;
                require(
                        atCommit[0].isLegal(),
                        "a refusal: " + atCommit[0].refusal() + ", and not these rows: " + tables.dump());
                model.apply(atCommit[0]);
                check();
            } catch (ForcedRollback | Refused e) {
                checkRolledBack(before, rowsBefore);
            } catch (RuntimeException e) {
                if (atCommit[0] == null) {
                    throw e;
                }
                requireRefusal(atCommit[0], e);
                checkRolledBack(before, rowsBefore);
            }
        } catch (Throwable failure) {
            throw new AssertionError(failure.getMessage() + "\n\n" + String.join("\n", text) + "\n", failure);
        } finally {
            if (committed[0]) {
                tables.restore();
            }
        }
    }

    private void checkRolledBack(SessionModel before, SessionTables.Dump rowsBefore) {
        assertEquals(rowsBefore, tables.dump(), "the rows after the rollback");
        readHere.forEach(row -> row.record = null);
        before.rows().filter(row -> row.record != null).forEach(row -> checkRecord(before, row, Map.of()));
    }

    private static void require(boolean isMet, String expected) {
        assertTrue(isMet, "expected " + expected);
    }

    private void say(String line) {
        text.add(line);
    }

    private void count(String what) {
        outcomes.merge(what, 1, Integer::sum);
    }

    // --- the flow ---------------------------------------------------------------------------------------------------

    private void readTables(int order) {
        var random = new Random(order);
        var shuffled = new ArrayList<>(schema.tables());
        Collections.shuffle(shuffled, random);
        for (var table : shuffled) {
            if (random.nextInt(8) > 0) {
                read(table);
            }
        }
    }

    private void rest(boolean isNested) {
        while (next < calls.size()) {
            var call = calls.get(next++);
            if (call.kind() == Kind.END_OF_NESTED) {
                if (isNested) {
                    return;
                }
                continue;
            }
            run(call);
        }
    }

    private void run(Call call) {
        switch (call.kind()) {
            case NEW -> newRow(call);
            case SET -> set(call);
            case EXCHANGE -> exchange(call, false);
            case SHIFT -> exchange(call, true);
            case DELETE -> delete(call, false);
            case DELETE_WITH_DEPENDENTS -> delete(call, true);
            case REPLACE -> replace(call);
            case ADD -> add(call);
            case TIE -> tie(call);
            case UNTIE -> untie(call);
            case LINK -> link(call);
            case FLUSH -> flush();
            case NESTED -> nested(false);
            case NESTED_ROLLED_BACK -> nested(true);
            case SAVE -> save(call);
            case UPSERT -> upsert(call);
            case REFRESH -> refresh(call);
            case READ -> read(schema.tables().get(call.a() % schema.tables().size()));
            case END_OF_NESTED -> throw new IllegalStateException("It ends in rest().");
        }
    }

    /** Makes a change of the model and, if the database can hold the result, of the session. */
    private boolean make(Call call, Consumer<SessionModel> change, Runnable real, String line) {
        var changed = model.copy();
        change.accept(changed);
        var outcome = changed.outcome();
        if (outcome.isUncertain() || (!outcome.isLegal() && !call.isBold())) {
            return false;
        }
        model = changed;
        say(line);
        real.run();
        return true;
    }

    private void flush() {
        say("session.flush();");
        write(() -> session.flush());
        check();
    }

    /** Runs a write of all that is pending. */
    private void write(Runnable write) {
        var outcome = model.outcome();
        var rowsBefore = dump;
        var recordsBefore = recordValues();
        try {
            write.run();
        } catch (RuntimeException e) {
            requireRefusal(outcome, e);
            assertEquals(rowsBefore, tables.dump(), "the rows after " + e);
            assertEquals(recordsBefore, recordValues(), "the records after " + e);
            say("// refused: " + e.getMessage());
            throw new Refused();
        }
        require(outcome.isLegal(), "a refusal: " + outcome.refusal());
        count("flushed");
        model.apply(outcome);
    }

    private void requireRefusal(Outcome outcome, RuntimeException e) {
        if (!outcome.isLegal()) {
            count("refused");
            return;
        }
        if (e instanceof IllegalStateException
                && String.valueOf(e.getMessage()).contains("wait for one another")
                && isExchange(outcome)) {
            count("refused exchange");
            return;
        }
        if (outcome.isCarried()
                && (e instanceof UniqueViolation
                        || String.valueOf(e.getMessage()).contains("wait for one another"))) {
            count("refused as keys are carried along");
            return;
        }
        say("// thrown: " + e);
        throw e;
    }

    /** Returns whether rows exchange values of a key that no column of can be cleared for a time. */
    private boolean isExchange(Outcome outcome) {
        for (var key : schema.rigidKeys()) {
            var before = new HashMap<Object, Row>();
            model.rows(key.getTable()).forEach(row -> {
                var stored = model.state(row).stored;
                if (stored != null) {
                    before.put(key.getFields().stream().map(stored::get).toList(), row);
                }
            });
            for (var row : model.rows(key.getTable())) {
                var seen = new HashSet<Row>();
                var at = row;
                while (at != null && seen.add(at)) {
                    var values = outcome.rows().getOrDefault(at, model.state(at).wanted);
                    var holder =
                            before.get(key.getFields().stream().map(values::get).toList());
                    var from = outcome.replaced().getOrDefault(holder, holder);
                    if (from == row && seen.size() > 1) {
                        return true;
                    }
                    at = from;
                }
            }
        }
        return false;
    }

    private void nested(boolean isRolledBack) {
        flush();
        var alreadyRead = readHere.size();
        var before = model.copy();
        var rowsBefore = dump;
        var outcome = new Outcome[1];
        say("try { session.nested(part -> {");
        try {
            session.nested(part -> {
                rest(true);
                if (isRolledBack) {
                    throw new ForcedRollback();
                }
                outcome[0] = model.outcome();
            });
        } catch (ForcedRollback e) {
            say("throw new ForcedRollback(); }); } catch (ForcedRollback e) {}");
            count("nested rolled back");
            restore(before, rowsBefore, alreadyRead);
            return;
        } catch (RuntimeException e) {
            if (outcome[0] == null) {
                throw e;
            }
            say("}); } catch (RuntimeException refused) {}");
            requireRefusal(outcome[0], e);
            count("nested refused");
            restore(before, rowsBefore, alreadyRead);
            return;
        }
        say("}); } finally {}");
        require(outcome[0].isLegal(), "a refusal: " + outcome[0].refusal());
        count("nested");
        model.apply(outcome[0]);
        check();
    }

    private final List<Row> readHere = new ArrayList<>();

    private void restore(SessionModel before, SessionTables.Dump rowsBefore, int alreadyRead) {
        model = before;
        var readSince = readHere.subList(alreadyRead, readHere.size());
        readSince.forEach(row -> row.record = null);
        readSince.clear();
        assertEquals(rowsBefore, tables.dump(), "the rows after the rollback of the nested part");
        List.copyOf(model.rows().toList()).forEach(row -> {
            if (model.has(row) && !model.state(row).isStored()) {
                model.forget(row);
            }
        });
        check();
    }

    // --- comparisons ------------------------------------------------------------------------------------------------

    private void check() {
        var versions = new HashMap<Row, String>();
        var expected = tables.expected(model);
        var actual = tables.dump();
        dump = actual;
        assertEquals(SessionTables.show(expected), SessionTables.show(actual.rows()));
        model.rows().forEach(row -> {
            if (model.state(row).isStored()) {
                versions.put(row, SessionTables.version(actual, model, row));
            }
        });
        model.rows().filter(row -> row.record != null).forEach(row -> checkRecord(model, row, versions));
    }

    private void checkRecord(SessionModel expected, Row row, Map<Row, String> versions) {
        var state = expected.state(row);
        var record = row.known();
        if (state.stored == null) {
            return;
        }
        assertFalse(RecordAccess.isNew(record), row + " has a row");
        for (var field : schema.columns(row.table)) {
            if (!state.unknown.contains(field)) {
                assertEquals(state.stored.get(field), record.get(field), row + "." + field.getName());
                assertFalse(record.modified(field), row + "." + field.getName() + " is not modified");
            }
        }
        var version = versions.get(row);
        if (version != null && row.table.field("version") != null) {
            var known = record.get("version");
            if (known != null) {
                assertEquals(version, known.toString(), row + ".version");
            }
        }
    }

    private Map<String, String> recordValues() {
        Map<String, String> values = new LinkedHashMap<>();
        model.rows().filter(row -> row.record != null).forEach(row -> {
            var record = row.known();
            values.put(
                    row.name,
                    Arrays.stream(record.fields())
                            .map(field -> record.get(field) + (record.modified(field) ? "!" : ""))
                            .collect(Collectors.joining(" ")));
        });
        return values;
    }

    // --- calls ------------------------------------------------------------------------------------------------------

    private @Nullable Row pick(List<Row> rows, int number) {
        return rows.isEmpty() ? null : rows.get(number % rows.size());
    }

    private List<Row> known(Table<?> table) {
        return model.rows(table).stream().filter(row -> row.record != null).toList();
    }

    private List<Row> tracked(Table<?> table) {
        return known(table).stream()
                .filter(row -> model.state(row).isStored() || model.state(row).isAdded)
                .toList();
    }

    private Table<?> table(int number) {
        return schema.tables().get(number % schema.tables().size());
    }

    private static Object at(List<Object> values, int number) {
        return values.get(number % values.size());
    }

    private void newRow(Call call) {
        var table = table(call.a());
        for (int i = 0; i < 6; i++) {
            if (newRow(call, table, call.b() + i, Map.of(), null)) {
                return;
            }
        }
    }

    private boolean newRow(Call call, Table<?> table, int seed, Map<Field<?>, Object> given, @Nullable Row replaced) {
        var record = SessionTables.newRecord(table);
        var values = new LinkedHashMap<Field<?>, @Nullable Object>();
        var line = new StringBuilder();
        for (var field : schema.ownColumns(table)) {
            var isNeeded = !field.getDataType().nullable() && schema.defaultOf(field) == null;
            if (given.containsKey(field)) {
                values.put(field, given.get(field));
            } else if (isNeeded || (call.c() >> (field.getName().length() % 5)) % 2 == 1) {
                values.put(field, at(schema.values(field), seed));
            }
        }
        for (var tie : schema.ties(table)) {
            var isNeeded = tie.key().getFields().stream()
                    .anyMatch(field -> !field.getDataType().nullable());
            if (isNeeded || call.c() % 4 == 3) {
                var parents = model.rows(tie.key().getKey().getTable()).stream()
                        .filter(row -> model.state(row).isStored())
                        .toList();
                var parent = pick(parents, seed / 2 + call.c());
                if (parent == null) {
                    return false;
                }
                for (var field : tie.key().getFields()) {
                    values.put(
                            field,
                            given.containsKey(field)
                                    ? given.get(field)
                                    : model.state(parent).wanted.get(schema.referenced(field)));
                }
                if (values.values().stream().anyMatch(Row.class::isInstance)) {
                    return false;
                }
            }
        }
        values.putAll(given);
        var row = new Row(table, table.getName() + "_" + ++names, record);
        var isUntracked = call.d() % 4 == 1;
        values.forEach((field, value) -> line.append(setter(field, value)));
        return make(
                call,
                changed -> {
                    if (replaced != null) {
                        changed.delete(replaced);
                    }
                    changed.create(row, values);
                    if (!isUntracked) {
                        changed.add(row);
                    }
                },
                () -> {
                    if (replaced != null) {
                        SessionTables.delete(session, replaced.known());
                    }
                    values.forEach((field, value) -> SessionTables.set(record, field, value));
                    if (!isUntracked) {
                        SessionTables.add(session, record);
                    }
                },
                (replaced == null ? "" : "session.delete(" + replaced + ");\n") + "var " + row + " = "
                        + (isUntracked ? "" : "session.add(") + "new "
                        + record.getClass().getSimpleName() + "()" + line + (isUntracked ? ";" : ");"));
    }

    private static String setter(Field<?> field, @Nullable Object value) {
        var name = Arrays.stream(field.getName().split("_"))
                .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                .collect(Collectors.joining());
        return ".set" + name + "("
                + (value instanceof String ? "\"" + value + "\"" : value instanceof Short ? "(short) " + value : value)
                + ")";
    }

    private void set(Call call) {
        var row = pick(known(table(call.a())), call.b());
        if (row == null) {
            return;
        }
        var columns = schema.columns(row.table).stream()
                .filter(field -> !field.getDataType().identity())
                .toList();
        var field = columns.get(call.c() % columns.size());
        Object value;
        if (schema.keyOf(field) == null) {
            var values = schema.values(field);
            var isNull = field.getDataType().nullable() && call.d() / 16 % 4 == 0;
            value = isNull ? null : at(values, call.d());
        } else {
            var referenced = schema.referenced(field);
            var owner = pick(model.rows(referenced.getTable()), call.d());
            value = owner == null ? null : model.state(owner).wanted.get(referenced);
        }
        if (value instanceof Row || (value == null && model.state(row).unknown.contains(field))) {
            return;
        }
        if (model.state(row).wanted.get(field) instanceof Row
                && Objects.equals(value, row.known().get(field))) {
            return; // a setter that changes no value does not end the tie
        }
        setTo(call, row, field, value);
    }

    private boolean setTo(Call call, Row row, Field<?> field, @Nullable Object value) {
        return make(
                call,
                changed -> changed.set(row, field, value),
                () -> SessionTables.set(row.known(), field, value),
                row + setter(field, value) + ";");
    }

    /** Gives each of two or three rows the value of the next, or the first a new one. */
    private void exchange(Call call, boolean isShift) {
        var table = table(call.a());
        var rows = new ArrayList<>(
                known(table).stream().filter(row -> model.state(row).isStored()).toList());
        var columns = new ArrayList<>(schema.columns(table).stream()
                .filter(field -> !field.getDataType().identity())
                .toList());
        if (rows.size() < 2) {
            return;
        }
        Collections.rotate(rows, call.c());
        var field = columns.get(call.b() % columns.size());
        var moved = rows.subList(0, Math.min(rows.size(), 2 + call.d() % 2));
        var values = new ArrayList<@Nullable Object>();
        moved.forEach(row -> values.add(model.state(row).wanted.get(field)));
        if (values.stream().anyMatch(Row.class::isInstance)
                || moved.stream().anyMatch(row -> model.state(row).unknown.contains(field))) {
            return;
        }
        Collections.rotate(values, 1);
        if (isShift) {
            if (schema.values(field).isEmpty()) {
                return;
            }
            values.set(0, at(schema.values(field), call.d()));
        }
        make(
                call,
                changed -> {
                    for (int i = 0; i < moved.size(); i++) {
                        changed.set(moved.get(i), field, values.get(i));
                    }
                },
                () -> {
                    for (int i = 0; i < moved.size(); i++) {
                        SessionTables.set(moved.get(i).known(), field, values.get(i));
                    }
                },
                moved.stream()
                        .map(row -> row + setter(field, values.get(moved.indexOf(row))) + ";")
                        .collect(Collectors.joining(" ")));
    }

    private void delete(Call call, boolean withDependents) {
        var row = pick(tracked(table(call.a())), call.b());
        if (row == null) {
            return;
        }
        var released = new ArrayList<Runnable>();
        var lines = new ArrayList<String>();
        var deleted = new ArrayList<Row>();
        make(
                call,
                changed -> {
                    if (withDependents) {
                        release(changed, row, call, released, lines, deleted);
                    } else {
                        deleted.add(row);
                    }
                    deleted.forEach(changed::delete);
                },
                () -> {
                    released.forEach(Runnable::run);
                    deleted.forEach(each -> SessionTables.delete(session, each.known()));
                },
                "");
        if (text.getLast().isEmpty()) {
            text.removeLast();
            lines.forEach(this::say);
            deleted.forEach(each -> say("session.delete(" + each + ");"));
        }
    }

    private void release(
            SessionModel changed, Row row, Call call, List<Runnable> released, List<String> lines, List<Row> deleted) {
        if (deleted.contains(row)) {
            return;
        }
        deleted.add(row);
        if (row.table.equals(schema.players()) || row.table.equals(schema.skills())) {
            var isPlayer = row.table.equals(schema.players());
            changed.link(row, isPlayer, List.of());
            released.add(() -> SessionTables.link(session, row.known(), isPlayer, List.of()));
            lines.add(SessionTables.linkText(row, isPlayer, List.of()));
        }
        for (var table : schema.tables()) {
            for (var tie : schema.ties(table)) {
                if (!tie.key().getKey().getTable().equals(row.table)) {
                    continue;
                }
                for (var child : tracked(table)) {
                    var state = changed.state(child);
                    var leads = tie.key().getFields().stream().allMatch(field -> {
                        var wanted = state.wanted.get(field);
                        return wanted == row
                                || (wanted != null
                                        && wanted.equals(
                                                changed.state(row).wanted.get(schema.referenced(field))));
                    });
                    if (!leads || deleted.contains(child)) {
                        continue;
                    }
                    var isNullable = tie.key().getFields().stream()
                            .allMatch(field -> field.getDataType().nullable());
                    if (isNullable && call.c() % 3 > 0) {
                        changed.clear(tie.key(), child);
                        released.add(() -> tie.clear(child.known()));
                        lines.add(tie.text(".clear(" + child + ");"));
                    } else {
                        release(changed, child, call, released, lines, deleted);
                    }
                }
            }
        }
        if (call.d() % 3 == 0) {
            deleted.remove(row);
            deleted.add(row);
        }
    }

    /** Deletes a row, and adds another with the same key. */
    private void replace(Call call) {
        var row = pick(
                known(table(call.a())).stream()
                        .filter(each -> model.state(each).isStored())
                        .toList(),
                call.b());
        if (row == null) {
            return;
        }
        var given = new HashMap<Field<?>, Object>();
        for (var field : SessionSchema.primaryKey(row.table)) {
            var value = Objects.requireNonNull(model.state(row).stored).get(field);
            given.put(field, Objects.requireNonNull(value));
        }
        for (int i = 0; i < 6; i++) {
            if (newRow(call, row.table, call.c() + i, given, row)) {
                return;
            }
        }
    }

    private void add(Call call) {
        var row = pick(known(table(call.a())), call.b());
        if (row != null) {
            make(
                    call,
                    changed -> changed.add(row),
                    () -> SessionTables.add(session, row.known()),
                    "session.add(" + row + ");");
        }
    }

    private void tie(Call call) {
        var ties = schema.ties();
        var tie = ties.get(call.a() % ties.size());
        var row = pick(known(tie.key().getTable()), call.b());
        var target = pick(known(tie.key().getKey().getTable()), call.c());
        if (row == null
                || target == null
                || model.state(target).unknown.stream()
                        .anyMatch(field -> tie.key().getKeyFields().contains(field))) {
            return;
        }
        var asChild = call.d() % 2 == 1;
        make(
                call,
                changed -> changed.tie(tie.key(), row, target, asChild),
                () -> tie.tie(row.known(), target.known(), asChild),
                asChild
                        ? tie.inverseText("(" + target + ", " + row + ");")
                        : tie.text(".set(" + row + ", " + target + ");"));
    }

    private void untie(Call call) {
        var ties = schema.ties();
        var tie = ties.get(call.a() % ties.size());
        var row = pick(known(tie.key().getTable()), call.b());
        if (row == null
                || tie.key().getFields().stream()
                        .anyMatch(field -> !field.getDataType().nullable()
                                || SessionSchema.primaryKey(row.table).contains(field))) {
            return;
        }
        make(
                call,
                changed -> changed.clear(tie.key(), row),
                () -> tie.clear(row.known()),
                tie.text(".clear(" + row + ");"));
    }

    private void link(Call call) {
        var isPlayer = call.a() % 2 == 0;
        var from = pick(known(isPlayer ? schema.players() : schema.skills()), call.b());
        if (from == null) {
            return;
        }
        var rows = new ArrayList<Row>();
        var others = known(isPlayer ? schema.skills() : schema.players());
        for (int i = 0; i < others.size(); i++) {
            if ((call.c() >> i) % 2 == 1) {
                rows.add(others.get(i));
            }
        }
        make(
                call,
                changed -> changed.link(from, isPlayer, rows),
                () -> SessionTables.link(
                        session,
                        from.known(),
                        isPlayer,
                        rows.stream().map(Row::known).toList()),
                SessionTables.linkText(from, isPlayer, rows));
    }

    private void save(Call call) {
        var row = pick(tracked(table(call.a())), call.b());
        if (row == null) {
            return;
        }
        flush();
        if (!model.has(row)) {
            return;
        }
        var fields = schema.ownColumns(row.table).stream()
                .filter(field -> !SessionSchema.primaryKey(row.table).contains(field))
                .toList();
        if (fields.isEmpty()) {
            return;
        }
        var field = fields.get(call.c() % fields.size());
        if (setTo(call, row, field, at(schema.values(field), call.d()))) {
            say("repository.in(session).save(" + row + ");");
            write(() -> tables.save(session, row.known()));
            check();
        }
    }

    private void upsert(Call call) {
        var table = call.a() % 2 == 0 ? table(0) : schema.skills();
        flush();
        var key = SessionSchema.primaryKey(table).getFirst();
        var value = at(schema.values(key), call.b());
        var row = model.rows(table).stream()
                .filter(each -> model.state(each).isStored()
                        && value.equals(model.state(each).wanted.get(key)))
                .findFirst()
                .orElse(null);
        var values = new LinkedHashMap<Field<?>, @Nullable Object>();
        values.put(key, value);
        for (var field : schema.ownColumns(table)) {
            var isNeeded = !field.getDataType().nullable() && schema.defaultOf(field) == null;
            if (isNeeded || (call.c() >> (field.getName().length() % 5)) % 2 == 1) {
                values.putIfAbsent(field, at(schema.values(field), call.d() + call.b()));
            }
        }
        var changed = model.copy();
        Row written;
        if (row == null) {
            written = new Row(table, table.getName() + "_" + ++names, null);
            changed.create(written, values);
            changed.change(written).isAdded = true;
        } else {
            written = row;
            values.forEach((field, v) -> changed.set(written, field, v));
        }
        var outcome = changed.outcome();
        say("repository.in(session).upsert(" + values + ").on(PRIMARY);");
        var record = SessionTables.newRecord(table);
        values.forEach((field, v) -> SessionTables.set(record, field, v));
        try {
            tables.upsert(session, record);
        } catch (RuntimeException e) {
            requireRefusal(outcome, e);
            check();
            return;
        }
        require(outcome.isLegal(), "a refusal: " + outcome.refusal());
        model = changed;
        model.apply(outcome);
        read(table);
        check();
    }

    private void refresh(Call call) {
        var row = pick(
                known(table(call.a())).stream()
                        .filter(each -> model.state(each).isStored())
                        .toList(),
                call.b());
        if (row != null) {
            make(
                    call,
                    changed -> changed.refresh(row),
                    () -> SessionTables.refresh(session, row.known()),
                    "session.refresh(" + row + ");");
        }
    }

    /** Reads all rows of a table: the records of those that the session knows are the same as before. */
    private void read(Table<?> table) {
        say(table.getName() + ".in(session).all().list();");
        var read = tables.list(session, table);
        var key = SessionSchema.primaryKey(table);
        var byKey = new HashMap<List<Object>, Row>();
        for (var row : model.rows(table)) {
            var stored = model.state(row).stored;
            if (stored != null) {
                byKey.put(key.stream().map(field -> stored.get(field)).toList(), row);
            }
        }
        assertEquals(byKey.size(), read.size(), "rows of " + table.getName());
        for (var record : read) {
            var values =
                    key.stream().map(field -> (Object) record.original(field)).toList();
            var row = byKey.get(values);
            require(row != null, "a row of " + table.getName() + " with " + values);
            if (row.record == null) {
                row.record = record;
                readHere.add(row);
            } else {
                assertSame(row.record, record, row.name);
                model.change(row)
                        .unknown
                        .removeIf(field -> !record.modified(field)
                                && Objects.equals(model.state(row).stored.get(field), record.get(field)));
            }
        }
    }
}
