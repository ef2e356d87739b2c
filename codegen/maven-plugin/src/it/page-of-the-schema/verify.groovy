String log = new File(basedir, 'build.log').text
def page = new File(basedir, 'target/schema/index.html').text
def markdown = new File(basedir, 'target/schema/SCHEMA.md').text

assert page.contains('<title>Cats &amp; co.</title>')
assert page.contains('<svg id="drawing"')
assert page.contains('Repository</code>')
assert markdown.startsWith('# Cats \\& co.')
assert markdown.contains('- changeset `cats` by example, in `db/changelog/cats.sql`')
assert markdown.contains('`findByName(…)`')
assert new File(basedir, 'SCHEMA.md').text == markdown
assert log.contains('written   target/schema/index.html') || log.contains('written   target\\schema\\index.html')
assert !new File(basedir, 'target/rowan/docs.work').exists()
assert !new File(basedir, 'target/generated-sources').exists()
