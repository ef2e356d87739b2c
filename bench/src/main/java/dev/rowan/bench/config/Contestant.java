package dev.rowan.bench.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A library, or a style of using JDBC, that takes part in the comparison. */
public enum Contestant {
    ROWAN("rowan", "Rowan"),
    RAW("raw", "JDBC, tuned"),
    RAW_DEFAULTS("raw-defaults", "JDBC, driver's defaults"),
    JOOQ("jooq", "jOOQ"),
    HIBERNATE("hibernate", "Hibernate"),
    HIBERNATE_STATELESS("hibernate-stateless", "Hibernate, stateless"),
    SPRING_DATA_JDBC("spring-data-jdbc", "Spring Data JDBC"),
    SPRING_JDBCCLIENT("spring-jdbcclient", "Spring JdbcClient"),
    MYBATIS("mybatis", "MyBatis"),
    JDBI("jdbi", "Jdbi"),
    EBEAN("ebean", "Ebean"),
    SQLALCHEMY_ORM("sqlalchemy-orm", "SQLAlchemy ORM"),
    SQLALCHEMY_CORE("sqlalchemy-core", "SQLAlchemy Core");

    private final String id;
    private final String label;

    Contestant(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /** Returns the name that users type in {@code bench.contestants}. */
    public String id() {
        return id;
    }

    /** Returns the name that reports show. */
    public String label() {
        return label;
    }

    /** Returns whether this is a library that competes with Rowan; raw JDBC is the baseline, not a peer. */
    public boolean isPeer() {
        return this != ROWAN && this != RAW && this != RAW_DEFAULTS;
    }

    /** Returns whether this runs in a Python process. */
    public boolean isPython() {
        return this == SQLALCHEMY_ORM || this == SQLALCHEMY_CORE;
    }

    /**
     * Returns the contestant with this id.
     *
     * @throws IllegalArgumentException if there is none; its message lists all ids
     */
    public static Contestant withId(String id) {
        return Arrays.stream(values())
                .filter(contestant -> contestant.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown contestant '" + id + "'. Choose from: "
                        + Arrays.stream(values()).map(Contestant::id).collect(Collectors.joining(", ")) + "."));
    }
}
