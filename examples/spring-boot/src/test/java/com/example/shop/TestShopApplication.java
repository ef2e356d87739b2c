package com.example.shop;

import org.springframework.boot.SpringApplication;

/** Starts the service with a database of its own: {@code mvn spring-boot:test-run}. */
class TestShopApplication {

    public static void main(String[] args) {
        SpringApplication.from(ShopApplication::main).with(DevelopmentDatabase.class).run(args);
    }
}
