package dev.rowan.db.internal.migration;

import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import liquibase.executor.Executor;
import liquibase.executor.ExecutorService;
import liquibase.snapshot.SnapshotGeneratorFactory;
import liquibase.sqlgenerator.SqlGeneratorFactory;
import liquibase.statement.core.CreateDatabaseChangeLogTableStatement;
import liquibase.statement.core.RawParameterizedSqlStatement;

/** Creates Liquibase's table of the changesets that ran, unless it exists. */
final class HistoryTable {

    /** Liquibase names the columns that it writes, and reads by name. */
    private static final String KEY = ", row_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY)";

    private HistoryTable() {}

    static void create(Database database) throws LiquibaseException {
        var executor =
                Scope.getCurrentScope().getSingleton(ExecutorService.class).getExecutor("jdbc", database);
        if (!SnapshotGeneratorFactory.getInstance().hasDatabaseChangeLogTable(database) && isKeyRequired(executor)) {
            var sql = SqlGeneratorFactory.getInstance()
                    .generateSql(new CreateDatabaseChangeLogTableStatement(), database)[0]
                    .toSql();
            executor.execute(new RawParameterizedSqlStatement(sql.replaceFirst("\\)$", KEY)));
        }
        Scope.getCurrentScope()
                .getSingleton(ChangeLogHistoryServiceFactory.class)
                .getChangeLogService(database)
                .init();
    }

    /** Returns whether the server refuses tables without a primary key, as Liquibase's own is; MariaDB accepts them. */
    private static boolean isKeyRequired(Executor executor) throws LiquibaseException {
        return executor
                .queryForList(new RawParameterizedSqlStatement("SHOW VARIABLES LIKE 'sql_require_primary_key'"))
                .stream()
                .anyMatch(variable -> variable.containsValue("ON"));
    }
}
