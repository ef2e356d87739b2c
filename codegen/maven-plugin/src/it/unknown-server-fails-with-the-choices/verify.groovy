String log = new File(basedir, 'build.log').text

['auto', 'docker', 'embedded', 'jdbc:mysql://'].each { assert log.contains(it) }
assert !log.contains('\tat ')
