package dev.rowan.db;

import static dev.rowan.db.testing.MessageAssertions.assertMessageContains;
import static dev.rowan.db.testing.MessageAssertions.messageOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionsTest {

    @Test
    void theDefaultServerIsAuto() {
        assertEquals(
                "ServerOptions[server=auto, image=mysql:9.7, user=]",
                ServerOptions.from(new Properties(), Map.of()).toString());
    }

    @Test
    void propertiesOverrideTheEnvironmentAndBlankOnesAreIgnored() {
        var properties = new Properties();
        properties.setProperty("rowan.image", "mysql:9.8");
        properties.setProperty("rowan.server", " ");

        var options = ServerOptions.from(
                properties,
                Map.of(
                        "ROWAN_SERVER", "docker",
                        "ROWAN_IMAGE", "mysql:8.4",
                        "ROWAN_USER", "ann",
                        "ROWAN_PASSWORD", "s3cret"));

        assertEquals("docker", options.server());
        assertEquals("mysql:9.8", options.image());
        assertEquals("ann", options.user());
        assertEquals("s3cret", options.password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "", "AUTO", "jdbc:postgresql://ann:s3cret@db/shop"})
    void anUnknownServerIsRejectedWithTheValidChoices(String server) {
        var failure = assertThrows(IllegalArgumentException.class, () -> ServerOptions.of(server));

        assertMessageContains(failure, "auto", "docker", "embedded", "jdbc:mysql://");
        assertFalse(messageOf(failure).contains("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db/shop?user=ann&password=s3cret",
                "jdbc:mysql://ann:s3cret@db/shop",
                "jdbc:mysql://ann:s3cret@@/%zz?="
            })
    void theStringFormHasNoPassword(String server) {
        var options = ServerOptions.of(server).withPassword("s3cret");

        assertFalse(options.toString().contains("s3cret"), options::toString);
    }
}
