package dev.rowan.spring.test;

import dev.rowan.config.DataSourceOptions;
import dev.rowan.spring.DatabaseCustomizer;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Customizes the database. */
@Component
class SlowStatements implements DatabaseCustomizer {

    @Override
    public DataSourceOptions customize(DataSourceOptions options) {
        return options.withSlowStatement(Duration.ofSeconds(7));
    }
}
