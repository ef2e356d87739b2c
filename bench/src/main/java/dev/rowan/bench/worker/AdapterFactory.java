package dev.rowan.bench.worker;

import dev.rowan.bench.adapter.LibraryAdapter;
import dev.rowan.bench.adapter.ebean.EbeanAdapter;
import dev.rowan.bench.adapter.generated.JooqAdapter;
import dev.rowan.bench.adapter.generated.RowanAdapter;
import dev.rowan.bench.adapter.orm.HibernateAdapter;
import dev.rowan.bench.adapter.orm.HibernateStatelessAdapter;
import dev.rowan.bench.adapter.orm.SpringDataAdapter;
import dev.rowan.bench.adapter.sql.JdbcClientAdapter;
import dev.rowan.bench.adapter.sql.JdbiAdapter;
import dev.rowan.bench.adapter.sql.MyBatisAdapter;
import dev.rowan.bench.adapter.sql.RawJdbcAdapter;
import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.database.ConnectionDetails;

/** Opens the adapter of a contestant. */
final class AdapterFactory {

    private AdapterFactory() {}

    /** @throws IllegalArgumentException if the contestant {@linkplain Contestant#isPython() runs in Python} */
    static LibraryAdapter open(Contestant contestant, ConnectionDetails details) {
        return switch (contestant) {
            case ROWAN -> new RowanAdapter(details);
            case RAW -> RawJdbcAdapter.tuned(details);
            case RAW_DEFAULTS -> RawJdbcAdapter.withDriverDefaults(details);
            case JOOQ -> new JooqAdapter(details);
            case HIBERNATE -> new HibernateAdapter(details);
            case HIBERNATE_STATELESS -> new HibernateStatelessAdapter(details);
            case SPRING_DATA_JDBC -> new SpringDataAdapter(details);
            case SPRING_JDBCCLIENT -> new JdbcClientAdapter(details);
            case MYBATIS -> new MyBatisAdapter(details);
            case JDBI -> new JdbiAdapter(details);
            case EBEAN -> new EbeanAdapter(details);
            case SQLALCHEMY_ORM, SQLALCHEMY_CORE ->
                throw new IllegalArgumentException(contestant.label() + " runs in a Python worker.");
        };
    }
}
