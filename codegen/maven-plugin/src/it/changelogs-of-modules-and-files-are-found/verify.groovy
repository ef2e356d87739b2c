String log = new File(basedir, 'build.log').text
def sources = new File(basedir, 'service/target/generated-sources')

// a module that is not compiled, with a targetPath; an executable comment and dbms:mysql on the embedded server
assert new File(sources, 'rowan/org/example/cats/repositories/CatsRepository.java').text.contains('findByName(String name)')
assert new File(sources, 'rowan/org/example/cats/repositories/NamesRepository.java').exists()
// a file outside of the resources, with a context and a parameter
assert new File(sources, 'rowan-reports/org/example/reports/tables/ReportsEu.java').exists()
// a filtered resource; without contexts nothing of a context is applied, and the build says so
assert new File(sources, 'rowan-filtered/org/example/filtered/tables/Dogs.java').exists()
assert !new File(sources, 'rowan-filtered/org/example/filtered/tables/Later.java').exists()
assert log =~ /\[WARNING\] Not applied, because this migration names no contexts: example:later in db.filtered.sql/

assert log.count('server    ') == 3
assert log.count('unchanged ') == 3
assert new File(basedir, 'service/target/rowan').list().toList().sort() == ['default', 'filtered', 'reports']
