String log = new File(basedir, 'build.log').text

assert log.contains('db/changelog/cats.sql')
assert log.contains('docker')
assert log.contains('jdbc:mysql://')
