String log = new File(basedir, 'build.log').text

// an editor needs no more than generate-sources
assert new File(basedir, 'target/generated-sources/rowan/com/example/shop/repositories/UsersRepository.java').exists()
assert log.count('server    ') == 1
assert log.count('unchanged ') == 1
assert log.contains('Tests run: 2, Failures: 0, Errors: 0, Skipped: 0')
assert log.readLines().contains('Ann')
assert !log.contains('[WARNING]')
