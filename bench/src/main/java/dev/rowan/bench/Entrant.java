package dev.rowan.bench;

import java.util.Arrays;

/** Who takes part. */
enum Entrant {
    ROWAN("rowan", "Rowan"),
    RAW("raw", "JDBC, tuned"),
    RAW_DEFAULTS("raw-defaults", "JDBC, driver's defaults"),
    JOOQ("jooq", "jOOQ"),
    HIBERNATE("hibernate", "Hibernate"),
    HIBERNATE_STATELESS("hibernate-stateless", "Hibernate, stateless"),
    SPRING_JDBCCLIENT("spring-jdbcclient", "Spring JdbcClient"),
    MYBATIS("mybatis", "MyBatis"),
    JDBI("jdbi", "Jdbi");

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

    Contestant open(Target target) {
        return switch (this) {
            case ROWAN -> new RowanContestant(target);
            case RAW -> RawContestant.tuned(target);
            case RAW_DEFAULTS -> RawContestant.defaults(target);
            case JOOQ -> new JooqContestant(target);
            case HIBERNATE -> new HibernateContestant(target);
            case HIBERNATE_STATELESS -> new HibernateStatelessContestant(target);
            case SPRING_JDBCCLIENT -> new JdbcClientContestant(target);
            case MYBATIS -> new MyBatisContestant(target);
            case JDBI -> new JdbiContestant(target);
        };
    }

    static Entrant named(String title) {
        return Arrays.stream(values())
                .filter(entrant -> entrant.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no contestant '" + title + "'."));
    }
}
