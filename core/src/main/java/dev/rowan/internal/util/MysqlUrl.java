package dev.rowan.internal.util;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A JDBC URL of MySQL in its parts. The driver never sees what was given, but {@link #forDriver}: so it reads nothing
 * in a URL that this class did not, and no login.
 *
 * <p>This class exists twice, in core and in db, which share no code; a test holds them equal.
 *
 * @param hosts {@code host:port}, several of them separated by commas
 * @param properties the driver's properties, without the login; all of them are {@linkplain UrlProperties allowed}
 * @param user the user in the URL; empty if there is none
 * @param password the password in the URL; empty if there is none
 */
public record MysqlUrl(String hosts, String database, Map<String, String> properties, String user, String password) {

    /** How each URL of MySQL begins. */
    public static final String SCHEME = "jdbc:mysql://";

    /** How to connect to a server that cannot prove its identity. */
    public static final String TLS_HINT = "Let the driver trust the server's certificate, with"
            + " trustCertificateKeyStoreUrl; or, in a network that you trust, put sslMode=REQUIRED (encrypted, but"
            + " anybody may be the server) or sslMode=DISABLED (not encrypted) into the URL.";

    private static final String SSL_MODE = "sslMode";
    private static final Pattern HOST = Pattern.compile("([\\p{L}\\p{N}._-]+|\\[[\\p{XDigit}:.]+])(?::(\\d{1,5}))?");
    private static final Pattern KEYS_AND_VALUES =
            Pattern.compile("address=(?:\\([^()=]+=[^()]*\\))+|\\([^()=,]+=[^(),]*(?:,[^()=,]+=[^(),]*)*\\)");

    /** The names of this machine, for which the driver uses TLS if the server offers it. */
    private static final Pattern LOOPBACK = Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[?::1]?)");

    /**
     * Parses a URL. @throws IllegalArgumentException if it is not one of MySQL's, or has a property it must not have
     */
    public static MysqlUrl parse(String url) {
        var authority = url.startsWith(SCHEME) ? url.substring(SCHEME.length()) : "";
        var query = "";
        if (authority.contains("?")) {
            query = authority.substring(authority.indexOf('?') + 1);
            authority = authority.substring(0, authority.indexOf('?'));
        }
        var slash = authority.contains("/") ? authority.indexOf('/') : authority.length();
        if (slash == 0 || url.contains("#")) {
            throw unreadable();
        }
        var parts = new Parts();
        parts.addHosts(authority.substring(0, slash));
        parts.addProperties(query);
        return parts.url(decode(authority.substring(Math.min(slash + 1, authority.length()))));
    }

    /**
     * Parses a URL beside which a login is given. @throws IllegalArgumentException as {@link #parse}, or if it has one
     */
    public static MysqlUrl withoutLogin(String url) {
        var parsed = parse(url);
        if (!parsed.user.isEmpty() || !parsed.password.isEmpty()) {
            throw new IllegalArgumentException(
                    "The url must not hold a user or a password, which are given apart. Leave them out of the URL.");
        }
        return parsed;
    }

    /** Returns this URL with another database. */
    public MysqlUrl withDatabase(String name) {
        return new MysqlUrl(hosts, name, properties, user, password);
    }

    /** Returns this URL, for a server that this process has started, where its certificate cannot be known. */
    public MysqlUrl ofOwnServer() {
        return isOnThisMachine() ? this : with("REQUIRED");
    }

    /** Returns whether all hosts are this machine, so that no network is between. */
    public boolean isOnThisMachine() {
        return Pattern.compile(",")
                .splitAsStream(hosts)
                .allMatch(host -> isLoopback(host.substring(0, host.lastIndexOf(':'))));
    }

    /** Returns whether a host is this machine. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** Returns the URL without the login. */
    public String url() {
        var query = properties.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return SCHEME + this + (query.isEmpty() ? "" : "?" + query);
    }

    /** Returns the URL for the driver: without the login, and with verified TLS unless the URL says otherwise. */
    public String forDriver() {
        return properties.containsKey(SSL_MODE) || isOnThisMachine()
                ? url()
                : with("VERIFY_IDENTITY").url();
    }

    /** Returns hosts and database only: properties may hold the passwords of key stores. */
    @Override
    public String toString() {
        return hosts + "/" + encode(database);
    }

    private MysqlUrl with(String sslMode) {
        var more = sorted();
        more.putAll(properties);
        more.put(SSL_MODE, sslMode);
        return new MysqlUrl(hosts, database, more, user, password);
    }

    private static TreeMap<String, String> sorted() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable(); // without the cause, whose message repeats the text
        }
    }

    /** Returns an error that shows no part of the URL, because any part may be secret. */
    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("The server's URL cannot be read. Write it as"
                + " jdbc:mysql://host:3306/database, without login; in the values of properties, write special"
                + " characters as %26.");
    }

    /** The parts of a URL as they are read. */
    private static final class Parts {

        private final ArrayList<String> hosts = new ArrayList<>();
        private final TreeMap<String, String> properties = sorted();
        private final TreeMap<String, String> login = sorted();

        MysqlUrl url(String database) {
            var url = new MysqlUrl(
                    String.join(",", hosts),
                    database,
                    Collections.unmodifiableSortedMap(properties),
                    login.getOrDefault("user", ""),
                    login.getOrDefault("password", ""));
            UrlProperties.checkSslMode(properties.get(SSL_MODE), url.isOnThisMachine());
            return url;
        }

        /** Adds hosts that are separated by commas outside parentheses. */
        void addHosts(String text) {
            for (var host : text.split(",(?![^(]*\\))", -1)) {
                var at = host.lastIndexOf('@');
                if (at >= 0) {
                    var pair = host.substring(0, at).split(":", 2);
                    addLogin("user", decode(pair[0]));
                    addLogin("password", pair.length == 1 ? "" : decode(pair[1]));
                }
                addHost(host.substring(at + 1));
            }
        }

        private void addHost(String text) {
            if (!text.contains("(")) {
                add(text, "");
                return;
            }
            if (!KEYS_AND_VALUES.matcher(text).matches()) {
                throw unreadable();
            }
            var host = sorted();
            for (var pair : text.replaceFirst("^address=", "")
                    .replaceAll("^\\(|\\)$", "")
                    .split("\\)\\(|,", -1)) {
                var name = decode(pair.substring(0, pair.indexOf('=')).strip());
                var value = decode(pair.substring(pair.indexOf('=') + 1).strip());
                if (name.equalsIgnoreCase("host") || name.equalsIgnoreCase("port")) {
                    host.put(name, value);
                } else {
                    addProperty(name, value);
                }
            }
            add(host.getOrDefault("host", ""), host.getOrDefault("port", ""));
        }

        private void add(String host, String port) {
            var matcher = HOST.matcher(port.isEmpty() ? host : host + ":" + port);
            if (!matcher.matches()) {
                throw unreadable();
            }
            hosts.add(matcher.group(1) + ":" + (matcher.group(2) == null ? "3306" : matcher.group(2)));
        }

        void addProperties(String query) {
            for (var pair : query.split("&", -1)) {
                if (!pair.isEmpty()) {
                    var equals = pair.indexOf('=');
                    addProperty(
                            decode(equals < 0 ? pair : pair.substring(0, equals)),
                            equals < 0 ? "" : decode(pair.substring(equals + 1)));
                }
            }
        }

        private void addProperty(String name, String value) {
            if (name.equalsIgnoreCase("user") || name.equalsIgnoreCase("password")) {
                addLogin(name, value);
            } else {
                properties.put(UrlProperties.allowed(name), value);
            }
        }

        private void addLogin(String name, String value) {
            var other = login.put(name, value);
            if (other != null && !other.equals(value)) {
                throw new IllegalArgumentException(
                        "The URL has two logins. Leave them out, and give user and password" + " apart.");
            }
        }
    }
}
