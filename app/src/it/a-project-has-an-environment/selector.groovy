// the embedded server is downloaded if the build uses it; the project has to be in no other environment
String server = System.getProperty('rowan.server') ?: System.getenv('ROWAN_SERVER') ?: 'auto'
return server == 'embedded'
