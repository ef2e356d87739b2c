// Maven in a process of its own, with a text as its standard input
def maven = { File directory, String input, String... arguments ->
  def home = new File(System.getProperty('maven.home'))
  boolean isWindows = System.getProperty('os.name').startsWith('Windows')
  // offline, so without JLine; the artifacts are those of the scenario, from whichever repository they came
  def command = [new File(home, isWindows ? 'bin/mvn.cmd' : 'bin/mvn').path, '-B', '-q', '-o',
      "-Dmaven.repo.local=${localRepositoryPath}".toString(), '-Daether.enhancedLocalRepository.trackingFilename=none']
  def builder = new ProcessBuilder(command + arguments.toList()).directory(directory).redirectErrorStream(true)
  builder.environment().remove('ROWAN_SERVER')
  builder.environment().remove('MAVEN_ARGS')
  def process = builder.start()
  process.outputStream.withWriter('UTF-8') { it << input }
  def output = process.inputStream.getText('UTF-8')
  [exit: process.waitFor(), output: output]
}

try {
  def lines = new File(basedir, 'build.log').readLines()

  // at the root: one environment, with the changelogs of both modules; the others are left alone
  assert new File(basedir, '.rowan').isDirectory()
  ['users', 'orders', 'web'].each { assert !new File(basedir, "${it}/.rowan").exists() }
  ['users', 'orders'].each { module ->
    assert lines.any { it =~ /applied   1 changeset of ${module}.changelog.sql/ }
    assert lines.any { it =~ /installed ${module}.changelog.sql  example:create, new/ }
    assert lines.any { it =~ /pending   0 changesets of ${module}.changelog.sql/ }
  }
  assert lines.count { it.contains('skipped   this module has no changelog') } == 2

  // each module lists its own
  assert lines.count { it.contains('installed users/changelog.sql') } == 1 + 1 + 1
  assert lines.count { it.contains('installed orders/changelog.sql') } == 1 + 1 + 2
  assert lines.any { it =~ /installed orders.changelog.sql  example:seed, new/ }
  // one in each run at the root, and one in each module
  assert lines.count { it.contains('server    MariaDB') } == 1 + 2
  assert lines.any { it =~ /applied   1 changeset of users.changelog.sql/ }

  // the statements of a pipe, in a module without a changelog
  def shell = maven(new File(basedir, 'web'), '''
      select 'orders' as name, count(*) as n from orders;
      select 'users' as name, count(*) as n from users
      ''', 'rowan:env-shell')
  assert shell.exit == 0 : shell.output
  // by any of the three clients
  assert shell.output =~ /orders\s+(\|\s+)?1\b/
  assert shell.output =~ /users\s+(\|\s+)?0\b/

  // another project below has none, and does not delete this one
  def below = new File(basedir, 'below')
  below.mkdirs()
  new File(below, 'pom.xml').text = new File(basedir, 'pom.xml').text.replaceAll(/(?s)<modules>.*<\/modules>/, '')
  def refused = maven(below, '', 'rowan:env-delete')
  assert refused.exit != 0 : refused.output
  assert refused.output.contains('is not deleted from here')
  assert new File(basedir, '.rowan/database').isDirectory()

  def failed = maven(basedir, "select * from nowhere;\nselect 'after';", 'rowan:env-shell')
  assert failed.exit != 0 : failed.output
  assert failed.output.contains('1146')
  assert !failed.output.contains('after')
  assert !(shell.output + failed.output =~ /\tat |password/)
} finally {
  def deleted = maven(new File(basedir, 'users'), '', 'rowan:env-delete')
  assert deleted.exit == 0 : deleted.output
  assert !new File(basedir, '.rowan').exists()
}
return true
