package com.example.shop;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import org.junit.jupiter.api.Test;

/** Runs in the adopted project. */
class CheckTest {

    @Test
    void theClassesFitTheAdoptedDatabase() {
        var options = DatabaseOptions.of(
                System.getenv("LIVE_URL"), System.getenv("LIVE_USER"), System.getenv("LIVE_PASSWORD"));
        try (var database = Database.open(options)) {
            database.check(DefaultSchema.DEFAULT_SCHEMA);
        }
    }
}
