package dev.rowan.internal.statement;

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
import org.jooq.impl.DefaultConfiguration;

/** jOOQ's configuration: Rowan's own, and what the user adds to it. */
final class JooqConfigurations {

    private JooqConfigurations() {}

    /**
     * Returns the configuration of a database, without a connection.
     *
     * @throws IllegalArgumentException if the user's part replaces what is Rowan's
     */
    static Configuration of(SQLDialect dialect, UnaryOperator<Configuration> more) {
        var own = new DefaultConfiguration().set(dialect).set(fixed(new Settings()));
        var connections = own.connectionProvider().getClass();
        var transactions = own.transactionProvider().getClass();
        var whole = Objects.requireNonNull(more.apply(own), "The configuration hook must return a configuration.");
        require(whole.dialect() == dialect, "dialect");
        require(whole.transactionProvider().getClass() == transactions, "transaction provider");
        require(whole.connectionProvider().getClass() == connections, "connection provider");
        return whole.derive(fixed(SettingsTools.clone(whole.settings())));
    }

    /** Returns the configuration that the texts of repositories are rendered with: one place for each value bound. */
    static Configuration forRendering(Configuration configuration) {
        return configuration.derive(SettingsTools.clone(configuration.settings())
                .withInListPadding(false)
                .withInlineThreshold(0));
    }

    private static Settings fixed(Settings settings) {
        return settings.withAttachRecords(false)
                // jOOQ's own log shows values
                .withExecuteLogging(false)
                // set once for each connection instead, see Pool
                .withRenderGroupConcatMaxLenSessionVariable(false)
                // values are bound, never part of a text
                .withStatementType(StatementType.PREPARED_STATEMENT)
                .withParamType(ParamType.INDEXED)
                // as the sql_mode of each connection has it
                .withBackslashEscaping(BackslashEscaping.DEFAULT)
                // Rowan's own listeners stand behind the user's, and build upon each other
                .withExecuteListenerStartInvocationOrder(InvocationOrder.DEFAULT)
                .withExecuteListenerEndInvocationOrder(InvocationOrder.DEFAULT)
                .withThrowExceptions(ThrowExceptions.THROW_ALL);
    }

    private static void require(boolean isRowans, String what) {
        if (!isRowans) {
            throw new IllegalArgumentException(
                    "The " + what
                            + " is Rowan's own. Leave it out of withConfiguration: listeners, converters and settings may be added.");
        }
    }
}
