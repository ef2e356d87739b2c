package dev.rowan.session;

import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.QOM.ForeignKeyRule;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * What a session's rows are, and what they shall be after the next flush: a model in memory that knows nothing of
 * statements and of their order. A reference is the row that it was tied to, or a value. A stored reference follows its
 * row, as the foreign key's rules say.
 */
@NullUnmarked // jOOQ
@SuppressWarnings({"IdentityHashMapUsage", "ReferenceEquality"}) // columns and tables are constants, slow to compare
final class SessionModel {

    /** A row, by identity: of the database, or one that is to be inserted. */
    static final class Row {
        final Table<?> table;
        final String name;

        /** The session's record; null if the session has not read the row. */
        @Nullable KeyedRecord<?> record;

        Row(Table<?> table, String name, @Nullable KeyedRecord<?> record) {
            this.table = table;
            this.name = name;
            this.record = record;
        }

        KeyedRecord<?> known() {
            return Objects.requireNonNull(record);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The AUTO_INCREMENT key that a row is going to have. */
    record KeyOf(Row row) {}

    /** What is known of a row. */
    static final class State {

        /** The values of the database, never changed; null if the row is not there. */
        @Nullable Map<Field<?>, @Nullable Object> stored;

        /** The values that the record was given, or was read with: a {@link Row} is one that it was tied to. */
        final Map<Field<?>, @Nullable Object> wanted = new IdentityHashMap<>();

        /** Columns that the database has given their defaults, which the record does not hold. */
        final Set<Field<?>> unknown = Collections.newSetFromMap(new IdentityHashMap<>());

        boolean isAdded;
        boolean isDeleted;

        /** Whether it was deleted before it was inserted, and not tied since then. */
        boolean isDropped;

        final Set<Row> children = new LinkedHashSet<>();

        State copy() {
            var copy = new State();
            copy.stored = stored;
            copy.wanted.putAll(wanted);
            copy.unknown.addAll(unknown);
            copy.isAdded = isAdded;
            copy.isDeleted = isDeleted;
            copy.isDropped = isDropped;
            copy.children.addAll(children);
            return copy;
        }

        boolean isStored() {
            return stored != null;
        }
    }

    /** A link between two rows. */
    record Link(Row player, Row skill) {}

    /** A change of the links of a row: it is linked to these and no others. */
    record LinkChange(Row from, boolean isPlayer, List<Row> rows) {}

    /**
     * What the rows are after a flush.
     *
     * @param refusal why the database cannot hold them; null if it can
     * @param isUncertain whether a record was given the key of a row that is deleted, or, as values, of one whose key
     *     changes with that of another; or whether a deleted record that is replaced was linked
     * @param carried tells whether a unique value of a row changes with the key of another row
     */
    record Outcome(
            Map<Row, Map<Field<?>, @Nullable Object>> rows,
            Map<Row, Row> replaced,
            Set<Link> links,
            @Nullable String refusal,
            boolean isUncertain,
            BooleanSupplier carried) {

        boolean isCarried() {
            return carried.getAsBoolean();
        }

        boolean isLegal() {
            return refusal == null;
        }
    }

    private final SessionSchema schema;
    private final Map<Row, State> states = new LinkedHashMap<>();

    /** The rows whose states are this model's own, and may be changed: copies of models share the others. */
    private final Set<Row> changeable = new HashSet<>();

    private final List<LinkChange> linkChanges = new ArrayList<>();
    private final Set<Link> links = new LinkedHashSet<>();

    SessionModel(SessionSchema schema) {
        this.schema = schema;
    }

    SessionModel copy() {
        var copy = new SessionModel(schema);
        copy.states.putAll(states);
        changeable.clear();
        copy.linkChanges.addAll(linkChanges);
        copy.links.addAll(links);
        return copy;
    }

    /** Returns a model of stored rows with rows of their own, which no session has read. */
    SessionModel withNewRows() {
        var copy = new SessionModel(schema);
        Map<Row, Row> byOld = new HashMap<>();
        states.forEach((row, state) -> {
            var own = new Row(row.table, row.name, null);
            byOld.put(row, own);
            copy.states.put(own, state.copy());
        });
        links.forEach(link -> copy.links.add(new Link(
                Objects.requireNonNull(byOld.get(link.player())), Objects.requireNonNull(byOld.get(link.skill())))));
        return copy;
    }

    State state(Row row) {
        return Objects.requireNonNull(states.get(row));
    }

    /** Returns the state of a row, to change it. */
    State change(Row row) {
        if (changeable.add(row)) {
            states.put(row, state(row).copy());
        }
        return state(row);
    }

    boolean has(Row row) {
        return states.containsKey(row);
    }

    Set<Link> links() {
        return links;
    }

    /** Returns the rows of a table. */
    List<Row> rows(Table<?> table) {
        var rows = new ArrayList<Row>();
        for (var row : states.keySet()) {
            if (row.table == table) {
                rows.add(row);
            }
        }
        return rows;
    }

    Stream<Row> rows() {
        return states.keySet().stream();
    }

    // --- calls ------------------------------------------------------------------------------------------------------

    void addStored(Row row, Map<Field<?>, @Nullable Object> values) {
        var state = new State();
        state.stored = new IdentityHashMap<>(values);
        state.wanted.putAll(values);
        states.put(row, state);
    }

    void create(Row row, Map<Field<?>, @Nullable Object> values) {
        var state = new State();
        state.wanted.putAll(values);
        states.put(row, state);
    }

    void add(Row row) {
        var state = change(row);
        state.isDeleted = false;
        state.isDropped = false;
        state.isAdded = !state.isStored();
        adoptFrom(row);
    }

    void delete(Row row) {
        if (!state(row).isStored()) {
            adopt(); // it may be tied to a tracked row: then it is added before it is dropped
        }
        var state = change(row);
        state.isDeleted = state.isStored();
        state.isDropped = !state.isStored();
        state.isAdded = false;
    }

    void set(Row row, Field<?> field, @Nullable Object value) {
        if (state(row).wanted.get(field) instanceof Row) {
            endTies(row, field);
        }
        change(row).wanted.put(field, value);
        change(row).unknown.remove(field);
    }

    /** Leaves the other columns of a foreign key with the values that the tie has given them. */
    private void endTies(Row row, Field<?> field) {
        for (var key : schema.references(row.table)) {
            for (var other : key.getFields().contains(field) ? key.getFields() : List.<Field<?>>of()) {
                var value = row.known().get(other);
                if (state(row).wanted.get(other) instanceof Row && value != null) {
                    change(row).wanted.put(other, value);
                }
            }
        }
    }

    void tie(ForeignKey<?, ?> key, Row row, Row target, boolean asChild) {
        var state = change(row);
        key.getFields().forEach(field -> state.wanted.put(field, target));
        state.isDeleted = false;
        state.isDropped = false;
        if (asChild) {
            change(target).children.add(row);
        }
    }

    void clear(ForeignKey<?, ?> key, Row row) {
        var state = change(row);
        for (var field : key.getFields()) {
            if (state.isStored()) {
                state.wanted.put(field, null);
            } else {
                state.wanted.remove(field);
            }
        }
    }

    void link(Row from, boolean isPlayer, List<Row> rows) {
        if (!state(from).isStored()) {
            add(from);
        }
        rows.stream().filter(row -> !state(row).isStored()).forEach(this::add);
        linkChanges.add(new LinkChange(from, isPlayer, rows));
    }

    /** Forgets a row, and the new rows that refer to it. */
    void forget(Row row) {
        states.remove(row);
        forgetDangling();
    }

    void refresh(Row row) {
        adopt();
        var state = change(row);
        state.wanted.clear();
        state.wanted.putAll(Objects.requireNonNull(state.stored));
        state.unknown.clear();
        state.children.clear();
    }

    /** Adds the new rows that tracked rows were tied to, or that were added under them. */
    void adopt() {
        boolean more;
        do {
            more = false;
            for (var row : List.copyOf(states.keySet())) {
                more |= isTracked(row) && !adoptTied(row).isEmpty();
            }
        } while (more);
    }

    /** Adds the new rows that this row was tied to, or that were added under it, and those that these lead to. */
    private void adoptFrom(Row row) {
        adoptTied(row).forEach(this::adoptFrom);
    }

    /** Adds the new rows that a row was tied to, or that were added under it, and returns them. */
    private List<Row> adoptTied(Row row) {
        var adopted = new ArrayList<Row>();
        for (var value : new ArrayList<@Nullable Object>(state(row).wanted.values())) {
            if (value instanceof Row target && adopt(target)) {
                adopted.add(target);
            }
        }
        if (!state(row).children.isEmpty()) {
            for (var child : List.copyOf(state(row).children)) {
                if (adopt(child)) {
                    adopted.add(child);
                }
            }
            change(row).children.clear();
        }
        return adopted;
    }

    private boolean isTracked(Row row) {
        var state = state(row);
        return state.isAdded || (state.isStored() && row.record != null);
    }

    private boolean adopt(Row row) {
        var state = states.get(row);
        if (state == null || state.isStored() || state.isAdded || state.isDropped) {
            return false;
        }
        change(row).isAdded = true;
        return true;
    }

    // --- what becomes of them ---------------------------------------------------------------------------------------

    /** Returns what the rows are after a flush. */
    Outcome outcome() {
        var flushed = copy();
        flushed.adopt();
        return flushed.new Flush().outcome();
    }

    /** Makes the outcome of a flush the present state. */
    void apply(Outcome outcome) {
        adopt();
        outcome.rows().forEach((row, values) -> {
            var state = change(row);
            var known = new IdentityHashMap<Field<?>, @Nullable Object>();
            values.forEach((field, value) -> known.put(field, value instanceof KeyOf key ? idOf(key.row()) : value));
            if (!state.isStored()) {
                known.keySet().stream()
                        .filter(field -> !state.wanted.containsKey(field) && !isKey(row.table, field))
                        .filter(field -> known.get(field) != null)
                        .forEach(state.unknown::add);
            }
            state.stored = known;
            state.wanted.clear();
            state.wanted.putAll(known);
            state.isAdded = false;
            state.isDeleted = false;
        });
        states.keySet()
                .removeIf(row -> !outcome.rows().containsKey(row)
                        && (isTracked(row) || state(row).isDropped || state(row).isStored()));
        forgetDangling();
        links.clear();
        links.addAll(outcome.links());
        linkChanges.clear();
    }

    private void forgetDangling() {
        boolean more;
        do {
            more = states.entrySet()
                    .removeIf(entry -> !entry.getValue().isStored()
                            && (entry.getValue().wanted.values().stream()
                                            .anyMatch(
                                                    value -> value instanceof Row target && !states.containsKey(target))
                                    || !states.keySet().containsAll(entry.getValue().children)));
        } while (more);
        for (var row : List.copyOf(states.keySet())) {
            if (!states.keySet().containsAll(state(row).children)) {
                change(row).children.retainAll(states.keySet());
            }
        }
    }

    private static Object idOf(Row row) {
        return Objects.requireNonNull(
                row.known().get(SessionSchema.primaryKey(row.table).getFirst()));
    }

    private static boolean isKey(Table<?> table, Field<?> field) {
        return SessionSchema.primaryKey(table).contains(field);
    }

    /** Finds the outcome of one flush. */
    private final class Flush {
        private final Set<Row> present = new LinkedHashSet<>();

        /** The rows that are to be present, as far as the program said. */
        private final Set<Row> said = new LinkedHashSet<>();

        private final Map<Table<?>, List<Row>> byTable = new IdentityHashMap<>();
        private final Map<ForeignKey<?, ?>, Map<List<Object>, Row>> owners = new IdentityHashMap<>();
        private final Map<Row, Row> replaced = new HashMap<>();
        private final Map<Row, Map<Field<?>, @Nullable Object>> values = new HashMap<>();
        private @Nullable String refusal;

        Outcome outcome() {
            states.forEach((row, state) -> {
                if (state.isAdded || (state.isStored() && !state.isDeleted)) {
                    present.add(row);
                }
            });
            said.addAll(present);
            findReplaced();
            var more = present.size() < states.size();
            while (more) {
                values.clear();
                more = present.removeIf(List.copyOf(present).stream()
                        .filter(this::isDeletedWithParent)
                        .toList()::contains);
            }
            values.clear();
            Map<Row, Map<Field<?>, @Nullable Object>> rows = new LinkedHashMap<>();
            for (var row : present) {
                var all = new IdentityHashMap<Field<?>, @Nullable Object>();
                for (var field : schema.columns(row.table)) {
                    all.put(field, value(row, (TableField<?, ?>) field));
                }
                rows.put(row, all);
            }
            checkRows(rows);
            var linked = links();
            return new Outcome(rows, replaced, linked, refusal, isUncertain(), this::isCarried);
        }

        private boolean isUncertain() {
            for (var row : said) {
                for (var key : schema.references(row.table)) {
                    if (!isUnchanged(row, key) && (isUncertain(row, key) || isCarriedInPart(row, key))) {
                        return true;
                    }
                }
                for (var value : state(row).wanted.values()) {
                    if (value instanceof Row tied && has(tied) && state(tied).isDeleted) {
                        return true;
                    }
                }
            }
            return replaced.keySet().stream()
                            .anyMatch(row -> schema.references(row.table).stream()
                                    .anyMatch(key -> key.getFields().stream().anyMatch(field -> isKey(row.table, field))
                                            && followsNewKey(row, key)))
                    || linkChanges.stream()
                            .anyMatch(change -> replaced.containsKey(change.from())
                                    || change.rows().stream().anyMatch(replaced::containsKey));
        }

        /** Returns whether a record was given one column of a foreign key, while another one is carried along. */
        private boolean isCarriedInPart(Row row, ForeignKey<?, ?> key) {
            var state = state(row);
            return state.stored != null
                    && followsNewKey(row, key)
                    && key.getFields().stream()
                            .anyMatch(field -> Objects.equals(state.stored.get(field), state.wanted.get(field)));
        }

        private boolean isCarried() {
            return present.stream()
                    .anyMatch(row -> row.table.getReferences().stream()
                            .anyMatch(key ->
                                    key.getFields().stream().anyMatch(schema::isUnique) && followsNewKey(row, key)));
        }

        /** Returns whether the row that a stored row refers to gets another key. */
        private boolean followsNewKey(Row row, ForeignKey<?, ?> key) {
            var stored = state(row).stored;
            var owner = stored == null ? null : storedOwner(key, values(key.getFields(), stored));
            return owner != null
                    && present.contains(owner)
                    && key.getFields().stream()
                            .anyMatch(field ->
                                    !Objects.equals(stored.get(field), value(owner, schema.referenced(field))));
        }

        private boolean isUncertain(Row row, ForeignKey<?, ?> key) {
            var target = target(row, key);
            if (target != null && !present.contains(target)) {
                return true;
            }
            var wanted = values(key.getFields(), state(row).wanted);
            for (var parent : rowsOf(key.getKey().getTable())) {
                var stored = state(parent).stored;
                if (stored == null || !present.contains(parent)) {
                    continue;
                }
                var before = key.getKeyFields().stream().map(stored::get).toList();
                var after = key.getKeyFields().stream()
                        .map(field -> value(parent, field))
                        .toList();
                var isCarried = key.getKeyFields().stream()
                        .anyMatch(field -> schema.keyOf(field) != null
                                && !Objects.equals(stored.get(field), value(parent, field)));
                if (isCarried && (wanted.equals(before) || wanted.equals(after))) {
                    return true;
                }
            }
            return false;
        }

        private void refuse(String reason) {
            refusal = refusal == null ? reason : refusal;
        }

        private void findReplaced() {
            for (var row : List.copyOf(present)) {
                if (state(row).isStored()) {
                    continue;
                }
                var key = SessionSchema.primaryKey(row.table);
                for (var other : rowsOf(row.table)) {
                    var state = state(other);
                    if (state.stored != null
                            && state.isDeleted
                            && !replaced.containsKey(other)
                            && key.stream()
                                    .allMatch(field -> Objects.equals(state.stored.get(field), now(row, field)))) {
                        replaced.put(other, row);
                        break;
                    }
                }
            }
        }

        /** Returns the value that a record holds now; null if it is not known. */
        private @Nullable Object now(Row row, TableField<?, ?> field) {
            var value = state(row).wanted.get(field);
            return value instanceof Row target && has(target)
                    ? now(target, schema.referenced(field))
                    : value instanceof Row ? null : value;
        }

        /** Returns whether no column of a foreign key was changed. */
        private boolean isUnchanged(Row row, ForeignKey<?, ?> key) {
            var state = state(row);
            if (state.stored == null) {
                return false;
            }
            for (var field : key.getFields()) {
                if (!Objects.equals(state.stored.get(field), state.wanted.get(field))) {
                    return false;
                }
            }
            return true;
        }

        /** Returns the row that a stored, unchanged reference or a tie leads to; null if it is a value or NULL. */
        private @Nullable Row target(Row row, ForeignKey<?, ?> key) {
            var state = state(row);
            var first = state.wanted.get(key.getFields().getFirst());
            if (first instanceof Row tied && key.getFields().stream().allMatch(f -> tied.equals(state.wanted.get(f)))) {
                return replaced.getOrDefault(tied, tied);
            }
            if (!isUnchanged(row, key) && isTaken(row, key)) {
                return null;
            }
            var owner = storedOwner(key, values(key.getFields(), state.wanted));
            return owner == null ? null : replaced.getOrDefault(owner, owner);
        }

        /** Returns whether a row is there that has the key which a record was given. */
        private boolean isTaken(Row row, ForeignKey<?, ?> key) {
            var wanted = values(key.getFields(), state(row).wanted);
            if (wanted.stream().anyMatch(value -> value == null || value instanceof Row)) {
                return true;
            }
            for (var parent : rowsOf(key.getKey().getTable())) {
                if (present.contains(parent) && hasValues(parent, key.getKeyFields(), wanted)) {
                    return true;
                }
            }
            return false;
        }

        private boolean hasValues(
                Row row, List<? extends TableField<?, ?>> fields, List<? extends @Nullable Object> expected) {
            for (int i = 0; i < fields.size(); i++) {
                if (!Objects.equals(value(row, fields.get(i)), expected.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private static List<@Nullable Object> values(
                List<? extends Field<?>> fields, Map<Field<?>, @Nullable Object> from) {
            var values = new ArrayList<@Nullable Object>(fields.size());
            for (var field : fields) {
                values.add(from.get(field));
            }
            return values;
        }

        /** Returns the row that the database holds under a key. */
        private @Nullable Row storedOwner(ForeignKey<?, ?> key, List<@Nullable Object> wanted) {
            if (wanted.contains(null)) {
                return null;
            }
            return owners.computeIfAbsent(key, this::owners).get(wanted);
        }

        private Map<List<Object>, Row> owners(ForeignKey<?, ?> key) {
            Map<List<Object>, Row> owners = new HashMap<>();
            for (var row : rowsOf(key.getKey().getTable())) {
                var stored = state(row).stored;
                if (stored != null) {
                    owners.put(values(key.getKeyFields(), stored), row);
                }
            }
            return owners;
        }

        private List<Row> rowsOf(Table<?> table) {
            return byTable.computeIfAbsent(table, SessionModel.this::rows);
        }

        private boolean isDeletedWithParent(Row row) {
            for (var key : schema.references(row.table)) {
                var target = target(row, key);
                if (target != null
                        && !present.contains(target)
                        && has(target)
                        && state(target).isStored()
                        && key.getDeleteRule() == ForeignKeyRule.CASCADE) {
                    return true;
                }
            }
            return false;
        }

        private @Nullable Object value(Row row, TableField<?, ?> field) {
            var key = schema.keyOf(field);
            if (key == null) {
                return ownValue(row, field);
            }
            var known = values.computeIfAbsent(row, r -> new IdentityHashMap<>());
            if (!known.containsKey(field)) {
                known.put(field, null); // a circle of keys
                known.put(field, find(row, key, field));
            }
            return known.get(field);
        }

        private @Nullable Object ownValue(Row row, TableField<?, ?> field) {
            var state = state(row);
            if (!state.wanted.containsKey(field)) {
                return field.getDataType().identity() ? new KeyOf(row) : schema.defaultOf(field);
            }
            return state.wanted.get(field);
        }

        private @Nullable Object find(Row row, ForeignKey<?, ?> key, TableField<?, ?> field) {
            var state = state(row);
            var target = target(row, key);
            if (target != null) {
                return follow(row, key, target, field);
            }
            var wanted = state.wanted.get(field);
            if (wanted instanceof Row tied) { // one column of the key was overwritten
                return value(tied, schema.referenced(field));
            }
            if (wanted != null && state.stored != null && Objects.equals(wanted, state.stored.get(field))) {
                // the column follows its row, as the other one was changed
                var before = storedOwner(key, values(key.getFields(), state.stored));
                return before == null || !present.contains(before) ? wanted : value(before, schema.referenced(field));
            }
            return wanted;
        }

        private @Nullable Object follow(Row row, ForeignKey<?, ?> key, Row target, TableField<?, ?> field) {
            var referenced = schema.referenced(field);
            if (!present.contains(target)) {
                if (key.getDeleteRule() != ForeignKeyRule.SET_NULL
                        || !has(target)
                        || !state(target).isStored()) {
                    refuse(row + " refers to " + target + ", which is not there");
                }
                return null;
            }
            var now = value(target, referenced);
            var isTied = state(row).wanted.get(field) instanceof Row;
            if (!isTied
                    && !Objects.equals(now, state(row).wanted.get(field))
                    && key.getUpdateRule() != ForeignKeyRule.CASCADE) {
                refuse(row + " refers to " + target + ", whose key changes");
            }
            return now;
        }

        // --- what the database allows -------------------------------------------------------------------------------

        private void checkRows(Map<Row, Map<Field<?>, @Nullable Object>> rows) {
            for (var table : schema.tables()) {
                var own = rowsOf(table).stream().filter(present::contains).toList();
                for (var row : own) {
                    var all = Objects.requireNonNull(rows.get(row));
                    all.forEach((field, value) -> {
                        if (value == null && !field.getDataType().nullable()) {
                            refuse(row + " has no " + field.getName());
                        }
                    });
                }
                table.getKeys().forEach(key -> checkUnique(key, own));
                schema.references(table).forEach(key -> checkReferences(key, own));
            }
        }

        private void checkUnique(UniqueKey<?> key, List<Row> own) {
            var taken = new HashSet<List<Object>>();
            for (var row : own) {
                var values = tuple(row, key.getFields());
                if (values != null && !taken.add(values)) {
                    refuse(row + " has a value of " + key.getName() + " twice: " + values);
                }
            }
        }

        private void checkReferences(ForeignKey<?, ?> key, List<Row> own) {
            var there = new HashSet<List<Object>>();
            for (var row : rowsOf(key.getKey().getTable())) {
                if (present.contains(row)) {
                    var values = tuple(row, key.getKeyFields());
                    if (values != null) {
                        there.add(values);
                    }
                }
            }
            for (var row : own) {
                var values = tuple(row, key.getFields());
                if (values != null && !there.contains(values)) {
                    refuse(row + " refers to no row by " + key.getName() + ": " + values);
                }
            }
        }

        private @Nullable List<Object> tuple(Row row, List<? extends TableField<?, ?>> fields) {
            var tuple = new ArrayList<>();
            for (var field : fields) {
                var value = value(row, field);
                if (value == null) {
                    return null;
                }
                tuple.add(value instanceof String text ? text.toLowerCase(Locale.ROOT) : value);
            }
            return tuple;
        }

        // --- links --------------------------------------------------------------------------------------------------

        private Set<Link> links() {
            var last = new HashMap<Row, Integer>();
            for (int i = 0; i < linkChanges.size(); i++) {
                last.put(linkChanges.get(i).from(), i);
            }
            Set<Link> linked = new LinkedHashSet<>();
            var players = rowsOf(schema.players());
            var skills = rowsOf(schema.skills());
            for (var player : players) {
                for (var skill : skills) {
                    var decisive = Stream.of(player, skill, replaced.get(player), replaced.get(skill))
                            .filter(Objects::nonNull)
                            .map(last::get)
                            .filter(Objects::nonNull)
                            .max(Comparator.naturalOrder());
                    var link = new Link(player, skill);
                    if (decisive.isEmpty()) {
                        if (SessionModel.this.links.contains(link)) {
                            keep(link, linked);
                        }
                        continue;
                    }
                    var change = linkChanges.get(decisive.get());
                    var other = change.isPlayer() ? skill : player;
                    if ((change.isPlayer() ? player : skill) != change.from()) {
                        continue; // the row that replaces this one has other links
                    }
                    if (present.contains(change.from()) && change.rows().contains(other)) {
                        if (!present.contains(other)) {
                            refuse(change.from() + " is linked to " + other + ", which is not there");
                        }
                        linked.add(link);
                    }
                }
            }
            return linked;
        }

        private void keep(Link link, Set<Link> linked) {
            var kept = new Link(
                    replaced.getOrDefault(link.player(), link.player()),
                    replaced.getOrDefault(link.skill(), link.skill()));
            if (!present.contains(kept.player()) || !present.contains(kept.skill())) {
                refuse("the link of " + link.player() + " and " + link.skill() + " stays");
            }
            linked.add(kept);
        }
    }
}
