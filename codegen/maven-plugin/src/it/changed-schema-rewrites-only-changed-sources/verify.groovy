String log = new File(basedir, 'build.log').text
def tables = new File(basedir, 'target/generated-sources/rowan/org/example/cats/tables')

// changed: the three classes that list all tables (schema, keys, tables); removed: the three classes of dogs
assert log =~ /written   \d+ sources \(3 changed, 3 removed\)/
assert new File(tables, 'Cats.java').exists()
assert !new File(tables, 'Dogs.java').exists()
