package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.sql.SqlScanner;
import dev.rowan.db.internal.sql.SqlScanner.Part;
import java.util.regex.Pattern;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.util.StandardSqlParser;
import liquibase.util.StringClauses;
import org.jspecify.annotations.Nullable;

/**
 * Splits the SQL of changesets, and keeps the comments that the server reads: Liquibase's own parser drops executable
 * comments such as {@code /*!80023 INVISIBLE *}{@code /} together with all others.
 *
 * <p>Liquibase finds it as a service, and uses it only where its scope names it.
 */
public final class ServerSqlParser extends StandardSqlParser {

    /** In the scope: whether the server is a MariaDB that stands in for MySQL. */
    static final String STANDS_IN_FOR_MYSQL = "rowan.standsInForMysql";

    private static final Pattern VERSION = Pattern.compile("^/\\*!(\\d{5,6})");

    /** The version of MySQL that the embedded server stands in for, as executable comments write it. */
    private static final int MYSQL_VERSION = 9_07_99;

    /** A text that was parsed, and its parts. */
    private record Parsed(String sql, boolean preserveWhitespace, StringClauses clauses) {}

    /** Liquibase parses each change twice in a row: for its log, which is dropped here, and to execute it. */
    private volatile @Nullable Parsed last;

    /** Called by Liquibase. */
    public ServerSqlParser() {}

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE; // for all who use Liquibase in this JVM without Rowan
    }

    @Override
    public StringClauses parse(
            String sqlBlock, boolean preserveWhitespace, boolean preserveComments, ChangeSet changeSet) {
        var standsIn = Scope.getCurrentScope().get(STANDS_IN_FOR_MYSQL, false);
        var sql = new StringBuilder();
        for (var part : SqlScanner.parts(sqlBlock)) {
            sql.append(text(part, preserveComments, standsIn));
        }
        return parse(sql.toString(), preserveWhitespace, changeSet);
    }

    private StringClauses parse(String sql, boolean preserveWhitespace, ChangeSet changeSet) {
        var known = last;
        if (known != null
                && known.preserveWhitespace() == preserveWhitespace
                && known.sql().equals(sql)) {
            last = null; // it may be large
            return known.clauses();
        }
        var clauses = super.parse(sql, preserveWhitespace, true, changeSet);
        last = new Parsed(sql, preserveWhitespace, clauses);
        return clauses;
    }

    private static String text(Part part, boolean preserveComments, boolean standsIn) {
        return switch (part.kind()) {
            case COMMENT -> preserveComments ? part.text() : SqlScanner.blank(part.text());
            case SERVER_COMMENT -> standsIn ? asMysqlReads(part.text()) : part.text();
            case CODE, LITERAL, NAME -> part.text();
        };
    }

    /** MariaDB runs comments of its own, and ignores those of MySQL 5.7 and later. */
    private static String asMysqlReads(String comment) {
        if (comment.startsWith("/*M!")) {
            return SqlScanner.blank(comment);
        }
        var version = VERSION.matcher(comment);
        if (!version.find()) {
            return comment;
        }
        return Integer.parseInt(version.group(1)) <= MYSQL_VERSION
                ? version.replaceFirst("/*!")
                : SqlScanner.blank(comment);
    }
}
