String log = new File(basedir, 'build.log').text
def tables = new File(basedir, 'target/generated-sources/rowan/org/example/cats/tables')

// what lists the tables changed: the schema, the keys and the tables; the three classes of dogs went
assert log =~ /written   \d+ sources \(3 changed, 3 removed\)/
assert new File(tables, 'Cats.java').exists()
assert !new File(tables, 'Dogs.java').exists()
