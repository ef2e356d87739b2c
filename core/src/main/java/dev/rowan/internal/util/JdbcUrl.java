package dev.rowan.internal.util;

import java.util.regex.Pattern;

/** Removes secrets from a JDBC URL, for messages and logs. */
public final class JdbcUrl {

    private static final Pattern LOGIN = Pattern.compile("(?<=//)[^/?]*@");
    private static final Pattern SECRET = Pattern.compile("(?i)(password\\w*\\s*=)[^&),]*");

    private JdbcUrl() {}

    /** Returns the URL with *** in place of its login and passwords. */
    public static String withoutSecrets(String url) {
        return SECRET.matcher(LOGIN.matcher(url).replaceAll("***@")).replaceAll("$1***");
    }
}
