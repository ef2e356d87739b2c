package com.example.shop;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.Migrator;
import dev.rowan.db.ServerOptions;

/** Starts a server, migrates it, and shows the orders of a user. A service has a server of its own instead. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        try (var server = DatabaseServer.start(ServerOptions.fromSystem())) {
            Migrator.of(server.url(), server.user(), server.password(), "shop/changelog.sql")
                    .update();
            try (var database =
                    Database.open(DatabaseOptions.of(server.url(), server.user(), server.password()))) {
                var shop = new Shop(database);
                var ann = shop.signUp("Ann", "ann@example.org");
                shop.order(ann, "two chairs");
                shop.order(ann, "a table");
                shop.report().forEach(System.out::println);
            }
        }
    }
}
