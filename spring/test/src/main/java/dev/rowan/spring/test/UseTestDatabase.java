package dev.rowan.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class of a Spring Boot service a real database: a schema of its own, in place of
 * {@code spring.datasource.url}. Its rows are restored before each test to those of the changelog, so that tests may
 * commit.
 *
 * <pre>{@code
 * @SpringBootTest
 * @UseTestDatabase
 * class ShopTest { … }
 * }</pre>
 *
 * <p>The server is that of {@link dev.rowan.junit.TestDatabase}: Docker or the embedded MariaDB, or a server given by
 * its URL. Nested classes share the database. The context of the class is closed after its last test, as no other class
 * has the same database. A {@code DataSource} bean of the service's own is left as it is: give it the
 * {@code JdbcConnectionDetails} of the context.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(TestDatabaseExtension.class)
public @interface UseTestDatabase {

    /** Returns the class-path name of the changelog; that of the starter by default. */
    String changelog() default "db/changelog/db.changelog-master.yaml";

    /** Returns the contexts of the changesets that are applied; by default only changesets without a context are. */
    String[] contexts() default {};
}
