String log = new File(basedir, 'build.log').text

assert log.contains('Line 1 of <types>, "cats.collar com.example.Collar", cannot be read: it is not of the form: what = value.')
assert log.contains('Write it as users.settings = com.example.Settings')
assert !log.contains('\tat ')
