package dev.rowan.db;

import javax.sql.DataSource;

/** A server that somebody else runs, given by its URL. */
record GivenServer(String url, String user, String password, String description) implements DatabaseServer {

    @Override
    public boolean disposable() {
        return false;
    }

    @Override
    public DataSource dataSource() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String createDatabase(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // not ours to end
    }
}
