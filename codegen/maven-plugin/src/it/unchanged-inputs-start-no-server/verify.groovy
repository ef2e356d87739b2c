String log = new File(basedir, 'build.log').text
def sources = new File(basedir, 'target/generated-sources/rowan/org/example/cats')

assert new File(sources, 'repositories/CatsRepository.java').text.contains('findByName(String name)')
assert log.count('server    ') == 1
assert log.count('applied   1 changeset of db/changelog/db.changelog-master.yaml') == 1
assert log =~ /unchanged \d+ sources in target.generated-sources.rowan/
