// the project of the README, with the seed data of the page
String readme = new File(basedir, '../../../../README.md').text
String page = new File(basedir, '../../../../docs/environments.md').text

def block = { String text, String language, String part ->
  def found = (text =~ /(?ms)^```${language}\n(.*?)^```$/).collect { it[1] }.find { it.contains(part) }
  assert found != null : "no block of ${language} with ${part}"
  found
}
def write = { String name, String text ->
  def file = new File(basedir, name)
  file.parentFile.mkdirs()
  file.text = text
}

write('pom.xml', block(readme, 'xml', '<modelVersion>'))
write('src/main/resources/shop/changelog.sql',
    block(readme, 'sql', '--liquibase formatted sql') + '\n' + block(page, 'sql', 'seed-users'))
write('src/main/java/com/example/shop/Main.java', block(readme, 'java', 'class Main {'))
return true
