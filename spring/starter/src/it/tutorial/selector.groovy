// the page chooses the embedded server, which is downloaded if the build uses it; curl talks to the service
String server = System.getProperty('rowan.server') ?: System.getenv('ROWAN_SERVER') ?: 'auto'
boolean hasCurl = System.getenv('PATH').split(File.pathSeparator).any { new File(it, 'curl').canExecute() }
return server == 'embedded' && hasCurl
