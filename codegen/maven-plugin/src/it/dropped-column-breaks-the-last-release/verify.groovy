String log = new File(basedir, 'build.log').text
String release = new File(basedir, 'src/main/resources/db/changelog/cats.release').text
int failed = log.lastIndexOf('BUILD SUCCESS')

assert release.contains('table cats\n  column id int\n  column age int null\n  unique PRIMARY (id)\n')
assert log.substring(0, failed).contains('The last release can run on this schema')
assert log.substring(failed).contains('The changeset example:drop in db/changelog/cats.sql breaks the last release:'
        + ' the column cats.age is gone.')
assert log.contains('BUILD FAILURE')
assert !log.contains('\tat ')
