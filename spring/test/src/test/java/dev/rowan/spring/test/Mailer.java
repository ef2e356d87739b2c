package dev.rowan.spring.test;

import org.springframework.stereotype.Component;

/** A component that has nothing to do with the database. */
@Component
class Mailer {}
