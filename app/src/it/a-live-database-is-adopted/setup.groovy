// the project of the README, without a changelog
String readme = new File(basedir, '../../../../README.md').text
def pom = (readme =~ /(?ms)^```xml\n(.*?)^```$/).collect { it[1] }.find { it.contains('<modelVersion>') }
new File(basedir, 'shop/pom.xml').text = pom
return true
