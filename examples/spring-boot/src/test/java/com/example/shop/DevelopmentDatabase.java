package com.example.shop;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** A database server that begins and ends with the service. */
@TestConfiguration(proxyBeanMethods = false)
class DevelopmentDatabase {

    @Bean
    DatabaseServer server() {
        return DatabaseServer.start(ServerOptions.fromSystem());
    }

    @Bean
    JdbcConnectionDetails connectionDetails(DatabaseServer server) {
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return server.url();
            }

            @Override
            public String getUsername() {
                return server.user();
            }

            @Override
            public String getPassword() {
                return server.password();
            }
        };
    }
}
