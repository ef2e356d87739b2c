// Does what docs/tutorial.md says, in the order of the page: writes its files, runs its commands, compares what they print.
//
// A paragraph before a block says what the block is:
//   … `path`:              the file; with "Add to `path`:" the end of the file
//   In `path`, replace     a part of the file, in whose place the next block comes, after "with"
// ```sh is run; a part of what it prints is in the ```text that may follow, with … for anything, and BUILD FAILURE if it
// has to fail. A service that it starts runs until the page says Ctrl-C.
import java.util.concurrent.TimeUnit

def page = new File(basedir, '../../../../../docs/tutorial.md').text
def free = new ServerSocket(0).withCloseable { it.localPort }
def server = null

// the reader's machine: a Maven with the repository of this build, and a free port
def bin = new File(basedir.parentFile, 'tutorial-run')
bin.mkdirs()
def settings = new File(bin, 'settings.xml')
settings.text = new File(basedir, '../../../../../codegen/maven-plugin/src/it/settings.xml').text
    .replace('@localRepositoryUrl@', new File(usersRepository).toURI().toString())
def mvn = new File(bin, 'mvn')
mvn.text = """#!/bin/sh
exec '${System.getProperty('maven.home')}/bin/mvn' -B -ntp -s '${settings}' '-Dmaven.repo.local=${localRepositoryPath}' "\$@"
"""
mvn.executable = true
def state = new File(bin, 'state')
state.text = "export PATH='${bin}':\"\$PATH\" SERVER_PORT=${free} MAVEN_OPTS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'\n"

def count = 0
def start = { String commands ->
  def script = new File(bin, "${++count}.sh")
  script.text = ". '${state}'\ncd '${basedir}'\nset -e\n${commands.replace('8080', "${free}")}export -p > '${state}'\n"
  def log = new File(bin, "${count}.log")
  def process = new ProcessBuilder('bash', script.path).redirectErrorStream(true).redirectOutput(log).start()
  [process: process, log: log]
}
def stop = { run ->
  def all = run.process.descendants().toList()
  all.reverse().each { it.destroy() }
  run.process.waitFor(60, TimeUnit.SECONDS)
  all.each { it.destroyForcibly() }
}
/** Returns the first line of the expected that does not follow in the output, or null. */
def missing = { List<String> expected, File log ->
  def lines = log.readLines().iterator()
  expected.find { line ->
    def pattern = line.replace('8080', "${free}").split('…', -1).collect { java.util.regex.Pattern.quote(it) }.join('.*')
    def found = false
    while (!found && lines.hasNext()) {
      found = lines.next().stripTrailing() ==~ pattern
    }
    !found
  }
}

def parts = page.split(/(?m)^```/)
def lastRun = null
def replaced = null
try {
  for (int i = 1; i < parts.length; i += 2) {
    if (parts[i - 1].contains('Ctrl-C') && server != null) {
      stop(server)
      server = null
    }
    def intro = parts[i - 1].trim().split(/\n\s*\n/).last().replace('\n', ' ')
    def language = parts[i].readLines().first()
    def text = parts[i].substring(language.length() + 1)
    def next = i + 2 < parts.length && parts[i + 2].startsWith('text\n') ? parts[i + 2].readLines().drop(1) : []
    if (language == 'sh') {
      println "tutorial: ${text.trim()}"
      def run = start(text)
      if (text.contains('spring-boot:test-run')) {
        server = run
        def end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3)
        while (missing(next, run.log) != null && run.process.alive && System.nanoTime() < end) {
          Thread.sleep(200)
        }
      } else {
        assert run.process.waitFor(10, TimeUnit.MINUTES) : "${text} does not end"
        def fails = next.any { it.contains('BUILD FAILURE') }
        assert (run.process.exitValue() != 0) == fails : "${text}\n${run.log.text}"
      }
      assert missing(next, run.log) == null : "${text}\n${run.log.text}"
    } else if (language == 'text') {
      assert parts[i - 2].startsWith('sh\n') : "an output of no command: ${text}"
    } else if (intro == 'with') {
      def file = new File(basedir, replaced.path)
      assert file.text.count(replaced.text) == 1 : "${replaced.path} has not once: ${replaced.text}"
      file.text = file.text.replace(replaced.text, text.stripTrailing())
    } else {
      def paths = (intro =~ /`([^`]+)`/).collect { it[1] }
      assert intro.endsWith(', replace') || intro.endsWith('`:') : "no file is named before: ${text}"
      def file = new File(basedir, paths.last())
      if (intro.endsWith(', replace')) {
        replaced = [path: paths.last(), text: text.stripTrailing()]
      } else {
        file.parentFile.mkdirs()
        file.text = (intro =~ /Add to `[^`]+`:$/ ? file.text : '') + text
      }
    }
  }
} finally {
  if (server != null) {
    stop(server)
  }
  if (new File(basedir, '.rowan').exists()) { // a step of the environment has failed
    start('unset ROWAN_SERVER\nmvn rowan:env-delete\n').process.waitFor(1, TimeUnit.MINUTES)
  }
}
return true
