package dev.rowan.db.internal.jdbc;

import static dev.rowan.db.internal.jdbc.MysqlUrl.SCHEME;
import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static dev.rowan.db.testing.MessageAssertions.messageOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlUrlTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://db.example.org/shop, jdbc:mysql://db.example.org:3306/shop, '', ''",
        "jdbc:mysql://db:3307/shop?user=ann&password=s3cret, jdbc:mysql://db:3307/shop, ann, s3cret",
        "jdbc:mysql://db/shop?PASSWORD=s3cret&User=ann&sslMode=REQUIRED, jdbc:mysql://db:3306/shop?sslMode=REQUIRED, ann, s3cret",
        "jdbc:mysql://ann:s3cret@db/shop, jdbc:mysql://db:3306/shop, ann, s3cret",
        "'jdbc:mysql://(host=db,port=3307,user=ann,password=s3cret)/shop', jdbc:mysql://db:3307/shop, ann, s3cret",
        "jdbc:mysql://db/sh%20op?connectionattributes=b%26c+d, jdbc:mysql://db:3306/sh%20op?connectionAttributes=b%26c%2Bd, '', ''",
        "'jdbc:mysql://address=(host=db)(port=3307)(pass%77ord=s3cret)(user=ann)(sslMode=REQUIRED)/shop', jdbc:mysql://db:3307/shop?sslMode=REQUIRED, ann, s3cret",
        "'jdbc:mysql://address=(host=one),address=(host=two)(port=3307)/shop', 'jdbc:mysql://one:3306,two:3307/shop', '', ''",
        "'jdbc:mysql://ann:s3cret@one,ann:s3cret@two:3307/shop', 'jdbc:mysql://one:3306,two:3307/shop', ann, s3cret",
    })
    void credentialsAreSeparatedFromTheUrl(String given, String url, String user, String password) {
        var parsed = MysqlUrl.parse(given);

        assertEquals(url, parsed.url());
        assertEquals(user, parsed.user());
        assertEquals(password, parsed.password());
        assertFalse(parsed.toString().contains("s3cret"), parsed::toString);
    }

    @Test
    void theStringFormHasNoParametersBecauseTheyMayHoldPasswords() {
        assertEquals(
                "db:3306/shop",
                MysqlUrl.parse("jdbc:mysql://db/shop?trustCertificateKeyStorePassword=s3cret")
                        .toString());
    }

    @Test
    void anIpv6HostKeepsItsBrackets() {
        assertEquals(
                "jdbc:mysql://[::1]:3306/shop",
                MysqlUrl.parse("jdbc:mysql://[::1]/shop").url());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://ann:s3cret@@/%zz?=",
                "jdbc:mysql://ann:pass,s3cret@db/shop",
                "jdbc:mysql://ann:pass/s3cret@db/shop",
                "jdbc:mysql://db/shop?password=pass#s3cret",
                "jdbc:mysql://address=(host=db)(password=pass)s3cret)/shop",
                "jdbc:mysql://(host=db,password=pass,s3cret)/shop",
                "jdbc:mysql://[one,two]/shop?password=s3cret",
                "jdbc:mysql:///shop?password=s3cret",
            })
    void theErrorForAUrlThatCannotBeReadDoesNotContainIt(String url) {
        var failure = assertThrows(IllegalArgumentException.class, () -> MysqlUrl.parse(url));

        assertMessageContains(failure, "jdbc:mysql://host:3306/database");
        assertFalse(messageOf(failure).contains("s3cret"));
    }

    @ParameterizedTest
    @CsvSource({
        "allowLoadLocalInfile, read files",
        "ALLOWLOADLOCALINFILEINPATH, read files",
        "allowMultiQueries, second statement",
        "queryInterceptors, names a class",
        "propertiesTransform, names a class",
        "socketFactory, names a class",
        "useSSL, Set sslMode",
        "serverTimezone, sent in UTC",
        "maxRows, cut",
    })
    void aPropertyThatIsNotAllowedIsNamedWhereverItStands(String name, String why) {
        for (var url : List.of(
                "jdbc:mysql://db/shop?" + name + "=x",
                "jdbc:mysql://db/shop?" + name,
                "jdbc:mysql://db/shop?%" + Integer.toHexString(name.charAt(0)) + name.substring(1) + "=x",
                "jdbc:mysql://address=(host=db)(" + name + "=x)/shop",
                "jdbc:mysql://one,address=( host=db)( " + name + " =x)/shop",
                "jdbc:mysql://(host=db," + name + "=x)/shop")) {
            var failure = assertThrows(IllegalArgumentException.class, () -> MysqlUrl.parse(url), url);
            assertTrue(
                    messageOf(failure)
                            .toLowerCase(Locale.ROOT)
                            .startsWith("the url must not set " + name.toLowerCase(Locale.ROOT)),
                    failure::toString);
            assertMessageContains(failure, why);
        }
    }

    @Test
    void anUnknownPropertyIsNotShownBecauseItMayBeTheEndOfAPassword() {
        var failure = assertThrows(
                IllegalArgumentException.class, () -> MysqlUrl.parse("jdbc:mysql://db/shop?password=pass&s3cret"));

        assertMessageContains(failure, "not allowed", "zeroDateTimeBehavior");
        assertFalse(messageOf(failure).contains("s3cret"));
    }

    @Test
    void aLoginInTheUrlIsRefusedWhereOneIsGivenBesideIt() {
        for (var url : List.of("jdbc:mysql://ann:s3cret@db/shop", "jdbc:mysql://db/shop?user=ann")) {
            var failure = assertThrows(IllegalArgumentException.class, () -> MysqlUrl.withoutLogin(url));
            assertMessageContains(failure, "given apart");
        }
        assertThrows(IllegalArgumentException.class, () -> MysqlUrl.parse("jdbc:mysql://ann@db/shop?user=bob"));
    }

    @ParameterizedTest
    @CsvSource({
        "db, VERIFY_IDENTITY",
        "127.0.0.1.example.org, VERIFY_IDENTITY",
        "localhost.example.org, VERIFY_IDENTITY",
        "'localhost,db', VERIFY_IDENTITY",
        "[::2], VERIFY_IDENTITY",
        "localhost, ",
        "127.0.0.1, ",
        "127.0.5.1:3307, ",
        "[::1]:3307, ",
    })
    void tlsIsVerifiedUnlessTheServerIsOnThisMachine(String hosts, @Nullable String mode) {
        assertEquals(
                mode,
                MysqlUrl.parse(MysqlUrl.parse(SCHEME + hosts + "/shop").forDriver())
                        .properties()
                        .get("sslMode"));
    }

    @Test
    void tlsIsAsTheUrlSaysButNeverLeftToAServerOnAnotherMachine() {
        for (var mode : List.of("VERIFY_CA", "REQUIRED", "disabled")) {
            var url = "jdbc:mysql://db:3306/shop?sslMode=" + mode;
            assertEquals(url, MysqlUrl.parse(url).forDriver());
        }
        assertMessageContains(
                assertThrows(
                        IllegalArgumentException.class, () -> MysqlUrl.parse("jdbc:mysql://db/shop?sslMode=preferred")),
                "VERIFY_IDENTITY, VERIFY_CA, REQUIRED or DISABLED");
    }
}
