String log = new File(basedir, 'build.log').text

assert log.contains('<type>cats.collar com.example.Collar</type> cannot be read.')
assert log.contains('Write it as users.settings = com.example.Settings')
assert !log.contains('\tat ')
