String log = new File(basedir, 'build.log').text
String page = new File(basedir, '../../../../docs/environments.md').text
def lines = log.readLines()

def shown = (page =~ /(?m)^mvn (.*)$/).collect { it[1] }
def properties = new Properties()
new File(basedir, 'invoker.properties').withInputStream { properties.load(it) }
assert shown == (1..shown.size()).collect { properties["invoker.goals.${it}".toString()] }

assert log.contains('created   MariaDB')
assert log.count('started   MariaDB') == 2
assert log.contains('installed shop/changelog.sql  shop:users, new')
assert log.contains('installed shop/changelog.sql  shop:seed-users, new')
assert log.contains('applied   2 changesets')

// generation, the tests and the program find the server: the program prints what it has written before
assert log.count('server    MariaDB 11.4.5, the environment of') == 1
assert lines.count('Seed') == 3
assert lines.count('Ann') == 1 + 2 + 3
assert log.count('Tests run: 2, Failures: 0, Errors: 0, Skipped: 0') >= 3

assert log.contains('stopped   its data is kept')
assert log.contains('deleted   ')
assert !new File(basedir, '.rowan').exists()
assert log.contains('Create one: mvn rowan:env-create')
assert !(log =~ /password=\w/)
return true
