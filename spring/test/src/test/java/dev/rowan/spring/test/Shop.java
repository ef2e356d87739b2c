package dev.rowan.spring.test;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A service that is tested. */
@SpringBootApplication
class Shop {}
