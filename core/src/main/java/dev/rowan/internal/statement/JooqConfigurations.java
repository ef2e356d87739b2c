package dev.rowan.internal.statement;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jooq.Configuration;
import org.jooq.SQLDialect;
import org.jooq.conf.BackslashEscaping;
import org.jooq.conf.InvocationOrder;
import org.jooq.conf.ParamType;
import org.jooq.conf.Settings;
import org.jooq.conf.SettingsTools;
import org.jooq.conf.StatementType;
import org.jooq.conf.ThrowExceptions;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.SQLDataType;
import org.jooq.tools.jdbc.MockConnection;
import org.jooq.tools.jdbc.MockResult;
import org.jspecify.annotations.Nullable;

/** Builds jOOQ's configuration from Rowan's settings and those that the user adds. */
final class JooqConfigurations {

    /**
     * Properties that keep jOOQ from logging what nobody can act on: its logo and tip of the day, that a MariaDB is
     * older than the newest that jOOQ knows, and that generated columns are read-only in another edition. jOOQ's
     * loggers keep their level once they have been asked for it.
     */
    private static final Map<String, String> SILENT = Map.of(
            "org.jooq.no-logo", "true",
            "org.jooq.no-tips", "true",
            "org.jooq.log.org.jooq.impl.DefaultExecuteContext.logVersionSupport", "ERROR",
            "org.jooq.log.org.jooq.impl.AbstractDataTypeX.logCommercialOnly", "WARN");

    private JooqConfigurations() {}

    /**
     * Returns the configuration of a database, without a connection.
     *
     * @throws IllegalArgumentException if the user replaces the dialect, or a provider that Rowan sets
     */
    static Configuration of(SQLDialect dialect, UnaryOperator<Configuration> more) {
        startSilently(dialect);
        // lists of all lengths need few prepared statements; the hook may decide otherwise
        // reading warnings costs a round trip, and hides the failure of a statement that lost its connection
        var defaults = new Settings().withInListPadding(true).withFetchWarnings(false);
        var initial = new DefaultConfiguration().set(dialect).set(fixed(defaults));
        var connections = initial.connectionProvider().getClass();
        var transactions = initial.transactionProvider().getClass();
        var complete =
                Objects.requireNonNull(more.apply(initial), "The configuration hook must return a configuration.");
        require(complete.dialect() == dialect, "dialect");
        require(complete.transactionProvider().getClass() == transactions, "transaction provider");
        require(complete.connectionProvider().getClass() == connections, "connection provider");
        return complete.derive(fixed(SettingsTools.clone(complete.settings())));
    }

    /** Returns the configuration that renders the SQL of repositories, with one placeholder for each bind value. */
    static Configuration forRendering(Configuration configuration) {
        return configuration.derive(SettingsTools.clone(configuration.settings())
                .withInListPadding(false)
                .withInlineThreshold(0));
    }

    /** Returns the configuration that notifies the user's listeners of the statements of repositories. */
    static Configuration forListening(Configuration configuration) {
        return configuration.derive(
                SettingsTools.clone(configuration.settings()).withFetchWarnings(false));
    }

    private static Settings fixed(Settings settings) {
        return settings.withAttachRecords(false)
                // jOOQ's log shows values
                .withExecuteLogging(false)
                // set when a connection is opened, see HikariConnections
                .withRenderGroupConcatMaxLenSessionVariable(false)
                // values are bound, never part of the SQL
                .withStatementType(StatementType.PREPARED_STATEMENT)
                .withParamType(ParamType.INDEXED)
                // as in the sql_mode of each connection
                .withBackslashEscaping(BackslashEscaping.DEFAULT)
                // Rowan's listeners come after the user's, and depend on their order
                .withExecuteListenerStartInvocationOrder(InvocationOrder.DEFAULT)
                .withExecuteListenerEndInvocationOrder(InvocationOrder.DEFAULT)
                .withThrowExceptions(ThrowExceptions.THROW_ALL);
    }

    /**
     * Runs a first statement, on no server, and makes a first type read-only: both without what jOOQ logs then. The
     * properties that prevent that are as they were afterwards.
     */
    private static void startSilently(SQLDialect dialect) {
        var before = new HashMap<String, @Nullable String>();
        SILENT.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
        try {
            var nowhere = new MockConnection(statement -> new MockResult[] {new MockResult(0)});
            DSL.using(nowhere, dialect, new Settings().withExecuteLogging(false))
                    .query("do 0")
                    .execute();
            var unused = SQLDataType.INTEGER.readonly(true);
        } finally {
            before.forEach((name, value) -> {
                if (value == null) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, value);
                }
            });
        }
    }

    private static void require(boolean isUnchanged, String what) {
        if (!isUnchanged) {
            throw new IllegalArgumentException("The " + what
                    + " is set by Rowan. Do not set it in withConfiguration, which may add listeners,"
                    + " converters and settings.");
        }
    }
}
