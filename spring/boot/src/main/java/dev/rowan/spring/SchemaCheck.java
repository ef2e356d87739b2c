package dev.rowan.spring;

import dev.rowan.Database;
import dev.rowan.error.SchemaMismatch;
import java.util.List;
import org.jooq.Schema;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.InitializingBean;

/** Compares the database with the generated classes when the service starts. */
final class SchemaCheck implements InitializingBean, BeanClassLoaderAware {

    private final Database database;
    private final List<String> schemas;
    private ClassLoader loader = SchemaCheck.class.getClassLoader();

    /** @param schemas the names of the schemas' classes */
    SchemaCheck(Database database, List<String> schemas) {
        this.database = database;
        this.schemas = schemas;
    }

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        loader = classLoader;
    }

    @Override
    public void afterPropertiesSet() {
        try {
            schemas.forEach(name -> database.check(schema(name, loader)));
        } catch (SchemaMismatch e) {
            throw new StartFailure(
                    e,
                    "Apply the changelog that the classes were generated from, or generate the classes again with"
                            + " mvn generate-sources. The property rowan.check=false starts without this check.");
        }
    }

    /** Returns the schema of a generated class. */
    static Schema schema(String name, ClassLoader loader) {
        try {
            return (Schema)
                    Class.forName(name, true, loader).getField("DEFAULT_SCHEMA").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The generated class " + name + " cannot be loaded. Generate it again.", e);
        }
    }
}
