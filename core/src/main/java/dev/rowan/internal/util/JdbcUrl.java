package dev.rowan.internal.util;

import java.util.regex.Pattern;

/** What messages and logs may show of a JDBC URL. */
public final class JdbcUrl {

    private static final Pattern LOGIN = Pattern.compile("(?<=//)[^/?]*@");
    private static final Pattern SECRET = Pattern.compile("(?i)(password\\w*\\s*=)[^&),]*");

    private JdbcUrl() {}

    /** Returns the URL without the secrets that may stand in it. */
    public static String withoutSecrets(String url) {
        return SECRET.matcher(LOGIN.matcher(url).replaceAll("***@")).replaceAll("$1***");
    }
}
