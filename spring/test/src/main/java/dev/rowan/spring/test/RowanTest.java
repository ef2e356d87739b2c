package dev.rowan.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of the part of a Spring Boot service that talks to the database: repositories, {@code Database},
 * {@code Session} and {@code JdbcTemplate} on a real database, and nothing else of the service.
 *
 * <pre>{@code
 * @RowanTest
 * @Import(OrderService.class)
 * class OrderServiceTest {
 *     @Autowired OrderService orders;
 * }
 * }</pre>
 *
 * <p>The database is that of {@link UseTestDatabase}, with the changelog and the contexts that this annotation names.
 * Tests are not within a transaction: they see what their users see, and what runs after a commit.
 *
 * @see UseTestDatabase
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@BootstrapWith(RowanTestBootstrapper.class)
@UseTestDatabase
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(RowanTestFilter.class)
@ImportAutoConfiguration
public @interface RowanTest {

    /** Returns the class-path name of the changelog; that of the starter by default. */
    @AliasFor(annotation = UseTestDatabase.class)
    String changelog() default "db/changelog/db.changelog-master.yaml";

    /** Returns the contexts of the changesets that are applied; by default only changesets without a context are. */
    @AliasFor(annotation = UseTestDatabase.class)
    String[] contexts() default {};

    /** Returns properties of the context, in the form {@code name=value}. */
    String[] properties() default {};

    /** Returns whether a scan finds customizers of the database: {@link dev.rowan.spring.DatabaseCustomizer}. */
    boolean useDefaultFilters() default true;

    /** Returns filters for components of the service that are in the context too. */
    Filter[] includeFilters() default {};

    /** Returns filters for components that are left out. */
    Filter[] excludeFilters() default {};

    /** Returns auto-configurations that are left out. */
    @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
    Class<?>[] excludeAutoConfiguration() default {};
}
