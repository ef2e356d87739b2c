package dev.rowan.db;

import dev.rowan.db.internal.jdbc.ConnectFailure;
import dev.rowan.db.internal.migration.ChangelogFailure;
import dev.rowan.db.internal.migration.ChangelogRunner;
import dev.rowan.db.internal.schema.TableDefinitions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which changesets have shaped the tables and views of a database: a changeset has, if the server shows another
 * definition of the table after it. So it counts however it was written, and one that only wrote rows does not.
 *
 * @param applied the changesets that were applied, in order
 * @param tables those that made or altered a table or view, in order, by the name that it has at the end; nothing of
 *     those that were dropped, or that none of the changesets has shaped
 */
public record TableHistory(List<Changeset> applied, Map<String, List<Changeset>> tables) {

    /** Copies the lists. */
    public TableHistory {
        applied = List.copyOf(applied);
        tables = tables.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    /** Applies the pending changesets and records what they do. */
    static TableHistory record(ChangelogRunner changelog) {
        // a connection of its own: what a changeset sets in its session changes nothing of what the server shows here
        try (var connection = ConnectFailure.connect(changelog.dataSource())) {
            changelog.pending(); // warns of what is not selected
            var recorder = new Recorder(connection);
            changelog.inSteps(changesets -> {
                for (var changeset : changesets) {
                    changeset.apply();
                    recorder.add(Changeset.of(changeset.step()));
                }
            });
            return new TableHistory(recorder.applied, recorder.shaped);
        } catch (ChangelogFailure e) {
            throw MigrationException.of(e);
        } catch (ConnectFailure e) {
            throw MigrationException.of(e);
        } catch (SQLException e) {
            throw new MigrationException(
                    "The tables cannot be read: " + e.getMessage() + " (" + e.getErrorCode()
                            + "). The user of this database needs SELECT and SHOW VIEW on it.",
                    e);
        }
    }

    private static final class Recorder {

        private final Connection connection;
        private final List<Changeset> applied = new ArrayList<>();
        private final Map<String, List<Changeset>> shaped = new TreeMap<>();
        private TableDefinitions last;

        Recorder(Connection connection) throws SQLException {
            this.connection = connection;
            this.last = TableDefinitions.read(connection);
        }

        void add(Changeset changeset) throws SQLException {
            applied.add(changeset);
            var now = last.next(connection);
            now.renamedSince(last).forEach((name, before) -> {
                var history = shaped.remove(before);
                shaped.put(name, history == null ? new ArrayList<>() : history);
            });
            shaped.keySet().retainAll(now.names());
            now.changedSince(last)
                    .forEach(name -> shaped.computeIfAbsent(name, made -> new ArrayList<>())
                            .add(changeset));
            last = now;
        }
    }
}
