// a server of the user's own has tables of the user's own
String server = System.getProperty('rowan.server') ?: System.getenv('ROWAN_SERVER') ?: 'auto'
return !server.startsWith('jdbc:')
