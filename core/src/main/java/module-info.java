/** A type-safe query layer for MySQL, built on jOOQ. Start at {@link dev.rowan.Database}. */
module dev.rowan {
    requires transitive org.jooq;
    requires transitive org.jspecify;
    requires transitive java.sql;
    requires com.zaxxer.hikari;
    requires org.slf4j;
    // not transitive: a module that requires this one would need it to compile
    requires static tools.jackson.databind;

    exports dev.rowan;
    exports dev.rowan.config;
    exports dev.rowan.error;
    exports dev.rowan.observe;
    exports dev.rowan.record;
    exports dev.rowan.result;
    exports dev.rowan.type;
}
