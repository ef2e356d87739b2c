package dev.rowan.db;

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
 * A JDBC URL taken apart by the driver's own parser, so that its credentials can be left out wherever it is shown.
 *
 * @param hosts {@code host:port}, several of them separated by commas
 * @param parameters what follows the {@code ?}, without user and password
 */
record MysqlUrl(String hosts, String database, Map<String, String> parameters, String user, String password) {

    static final String SCHEME = "jdbc:mysql://";

    /** What the driver reads as a parameter and this record has in a place of its own. */
    private static final Set<String> NOT_PARAMETERS = Set.of("host", "port", "user", "password");

    /**
     * Takes a URL apart.
     *
     * @throws IllegalArgumentException if the driver cannot read it; the message shows nothing of it, as it cannot tell
     *     what is secret
     */
    static MysqlUrl parse(String url) {
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
            // not its cause: the driver's message repeats what it cannot read
            throw new IllegalArgumentException("The driver cannot read this server's URL. Write it as"
                    + " jdbc:mysql://host:3306/database, without credentials.");
        }
    }

    MysqlUrl withDatabase(String name) {
        return new MysqlUrl(hosts, name, parameters, user, password);
    }

    /** Returns the URL for the driver, without credentials. */
    String url() {
        var query = parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return SCHEME + hosts + "/" + encode(database) + (query.isEmpty() ? "" : "?" + query);
    }

    /** Returns hosts and database alone: other parameters may hold the passwords of key stores. */
    @Override
    public String toString() {
        return hosts + "/" + database;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
