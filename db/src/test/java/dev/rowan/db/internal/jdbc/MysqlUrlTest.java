package dev.rowan.db.internal.jdbc;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static dev.rowan.db.testing.MessageAssertions.messageOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MysqlUrlTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://db.example.org/shop, jdbc:mysql://db.example.org:3306/shop, '', ''",
        "jdbc:mysql://db:3307/shop?user=ann&password=s3cret, jdbc:mysql://db:3307/shop, ann, s3cret",
        "jdbc:mysql://db/shop?PASSWORD=s3cret&User=ann&sslMode=REQUIRED, jdbc:mysql://db:3306/shop?sslMode=REQUIRED, ann, s3cret",
        "jdbc:mysql://ann:s3cret@db/shop, jdbc:mysql://db:3306/shop, ann, s3cret",
        "'jdbc:mysql://(host=db,port=3307,user=ann,password=s3cret)/shop', jdbc:mysql://db:3307/shop, ann, s3cret",
        "jdbc:mysql://db/sh%20op?a=b%26c, jdbc:mysql://db:3306/sh%20op?a=b%26c, '', ''",
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

    @Test
    void theErrorForAnInvalidUrlDoesNotContainIt() {
        var failure =
                assertThrows(IllegalArgumentException.class, () -> MysqlUrl.parse("jdbc:mysql://ann:s3cret@@/%zz?="));

        assertMessageContains(failure, "jdbc:mysql://host:3306/database");
        assertFalse(messageOf(failure).contains("s3cret"));
    }
}
