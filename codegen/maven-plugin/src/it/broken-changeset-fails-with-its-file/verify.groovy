String log = new File(basedir, 'build.log').text

assert log.contains('db/changelog/cats.sql')
assert log.contains('VARCHARR')
assert !log.contains('\tat ')
