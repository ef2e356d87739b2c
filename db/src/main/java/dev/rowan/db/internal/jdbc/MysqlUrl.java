package dev.rowan.db.internal.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.conf.ConnectionUrlParser;
import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.exceptions.CJException;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A JDBC URL in its parts, parsed by the driver, with the credentials apart from the rest so that it can be shown.
 *
 * @param hosts {@code host:port}, several of them separated by commas
 * @param parameters the parameters after the {@code ?}, without user and password
 */
public record MysqlUrl(String hosts, String database, Map<String, String> parameters, String user, String password) {

    /** How each URL of MySQL begins. */
    public static final String SCHEME = "jdbc:mysql://";

    /** The driver treats these as parameters; this record has components for them. */
    private static final Set<String> NOT_PARAMETERS = Set.of("host", "port", "user", "password");

    /**
     * Parses a URL.
     *
     * @throws IllegalArgumentException if the driver cannot parse it; the message shows no part of the URL, because any
     *     part may be secret
     */
    public static MysqlUrl parse(String url) {
        try {
            var hosts = ConnectionUrl.getConnectionUrlInstance(url, new Properties())
                    .getHostsList();
            var parser = ConnectionUrlParser.parseConnectionString(url);
            var parameters = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            parser.getHosts().forEach(host -> parameters.putAll(host.getHostProperties()));
            parameters.putAll(parser.getProperties());
            NOT_PARAMETERS.forEach(parameters::remove);
            var main = hosts.get(0);
            return new MysqlUrl(
                    hosts.stream().map(HostInfo::getHostPortPair).collect(Collectors.joining(",")),
                    Objects.requireNonNullElse(parser.getPath(), ""),
                    parameters,
                    Objects.requireNonNullElse(main.getUser(), ""),
                    Objects.requireNonNullElse(main.getPassword(), ""));
        } catch (CJException | IllegalArgumentException e) {
            // without the cause: the driver's message repeats the URL
            throw new IllegalArgumentException("The driver cannot parse this server's URL. Write it as"
                    + " jdbc:mysql://host:3306/database, without credentials.");
        }
    }

    /** Returns this URL with another database. */
    public MysqlUrl withDatabase(String name) {
        return new MysqlUrl(hosts, name, parameters, user, password);
    }

    /** Returns the URL for the driver, without credentials. */
    public String url() {
        var query = parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return SCHEME + hosts + "/" + encode(database) + (query.isEmpty() ? "" : "?" + query);
    }

    /** Returns hosts and database only: parameters may hold the passwords of key stores. */
    @Override
    public String toString() {
        return hosts + "/" + database;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
