String log = new File(basedir, 'build.log').text
int end = log.indexOf('BUILD SUCCESS')
String accepted = log.substring(0, end)
String blocking = log.substring(end)

assert accepted.contains('  instant                     ALTER TABLE cats ADD age INT')
assert accepted.contains('  blocks writes               ALTER TABLE cats MODIFY id BIGINT')
assert accepted.contains('accepted: there are few cats')
assert accepted.contains('These are the verdicts of MariaDB')

assert blocking.contains('The changeset example:wide in db/changelog/blocking.sql blocks writes')
assert blocking.contains('rowan:accept blocks-writes: the reason')
assert blocking.contains('BUILD FAILURE')
assert !log.contains('\tat ')
