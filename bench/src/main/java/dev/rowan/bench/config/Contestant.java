package dev.rowan.bench;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Who takes part. */
enum Entrant {
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

    private final String title;
    private final String words;

    Entrant(String title, String words) {
        this.title = title;
        this.words = words;
    }

    String title() {
        return title;
    }

    /** Returns its name for people. */
    String words() {
        return words;
    }

    /** Says whether it is a library as Rowan is. */
    boolean isPeer() {
        return this != ROWAN && this != RAW && this != RAW_DEFAULTS;
    }

    /** Says whether it runs in Python, not in Java. */
    boolean isPython() {
        return this == SQLALCHEMY_ORM || this == SQLALCHEMY_CORE;
    }

    /** @throws IllegalStateException if it {@linkplain #isPython() runs in Python} */
    Contestant open(Target target) {
        return switch (this) {
            case ROWAN -> new RowanContestant(target);
            case RAW -> RawContestant.tuned(target);
            case RAW_DEFAULTS -> RawContestant.defaults(target);
            case JOOQ -> new JooqContestant(target);
            case HIBERNATE -> new HibernateContestant(target);
            case HIBERNATE_STATELESS -> new HibernateStatelessContestant(target);
            case SPRING_DATA_JDBC -> new SpringDataContestant(target);
            case SPRING_JDBCCLIENT -> new JdbcClientContestant(target);
            case MYBATIS -> new MyBatisContestant(target);
            case JDBI -> new JdbiContestant(target);
            case EBEAN -> new EbeanContestant(target);
            case SQLALCHEMY_ORM, SQLALCHEMY_CORE -> throw new IllegalStateException(words + " runs in Python.");
        };
    }

    /** @throws IllegalArgumentException that lists the names there are */
    static Entrant named(String title) {
        return Arrays.stream(values())
                .filter(entrant -> entrant.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no contestant '" + title + "'. There are: "
                        + Arrays.stream(values()).map(Entrant::title).collect(Collectors.joining(", ")) + "."));
    }
}
