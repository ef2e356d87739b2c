// Pastes what the README shows into an empty folder: the pom.xml, the changelog, a program and the first test.
String readme = new File(basedir, '../../../../README.md').text
String service = new File(basedir, '../../../../docs/service.md').text

def block = { String page, String language, String part ->
  def found = (page =~ /(?ms)^```${language}\n(.*?)^```$/).collect { it[1] }.find { it.contains(part) }
  assert found != null : "no block of ${language} with ${part}"
  found
}
def write = { String name, String text ->
  def file = new File(basedir, name)
  file.parentFile.mkdirs()
  file.text = text
}

write('pom.xml', block(readme, 'xml', '<modelVersion>'))
write('src/main/resources/shop/changelog.sql', block(readme, 'sql', '--liquibase formatted sql'))

// the imports that the README names
String imports = '''package com.example.shop;

import dev.rowan.*;
import dev.rowan.config.*;
import dev.rowan.result.*;
import dev.rowan.error.*;
import dev.rowan.db.*;
import com.example.shop.repositories.*;
import com.example.shop.tables.records.*;
import static com.example.shop.Tables.*;
import static com.example.shop.Keys.*;
'''
write('src/main/java/com/example/shop/Main.java', block(readme, 'java', 'class Main {'))
write('src/main/java/com/example/shop/Example.java', imports + """
class Example {
  static void run(String url, String user, String password) {
${block(readme, 'java', 'new UsersRepository(database)')}
  }
}
""")
write('src/test/java/com/example/shop/UsersTest.java', imports + '''
import dev.rowan.junit.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.extension.*;
import static org.junit.jupiter.api.Assertions.*;

''' + block(service, 'java', 'class UsersTest').replace('rowan/changelog/master.yaml', 'shop/changelog.sql'))
// run by a test, which has Testcontainers on its class path, so that it uses the server of this build
write('src/test/java/com/example/shop/MainTest.java', '''package com.example.shop;

import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void theProgramRuns() {
    Main.main(new String[0]);
  }
}
''')
return true
