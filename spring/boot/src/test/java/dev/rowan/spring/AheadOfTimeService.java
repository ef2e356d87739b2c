package dev.rowan.spring;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.spring.schema.repositories.UsersRepository;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** A service that writes a row, and ends. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class AheadOfTimeService {

    public static void main(String[] args) {
        try (var context = SpringApplication.run(AheadOfTimeService.class, args)) {
            var users = context.getBean(UsersRepository.class);
            var session = context.getBean(Session.class);
            context.getBean(Database.class).transaction(body -> {
                users.in(session).insert(u -> u.setName("Ann"));
            });
            System.out.println((AotDetector.useGeneratedArtifacts() ? "processed: " : "not processed: ")
                    + users.all().count());
        }
    }
}
