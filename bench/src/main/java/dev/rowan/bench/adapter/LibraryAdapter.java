package dev.rowan.bench;

import java.util.List;

/**
 * One way to work with the database, as a service would that uses nothing else: one pool of {@value Target#POOL}
 * connections, one mapping of each table, and what its documentation recommends.
 *
 * <p>What it has no documented way for, it declares by an {@link UnsupportedOperationException}: that is a dash in the
 * tables. It works in a process of its own. A row is an object of its own kind, with all columns read. Thread-safe.
 */
abstract class Contestant implements AutoCloseable {

    /** Returns the user with this id. */
    abstract Object find(int id);

    /** Returns the age of a user that it found. */
    abstract int age(Object user);

    /** Inserts a user, of whom the id is left to the server, and returns that. */
    abstract int insert(User user);

    /** Sets the age of the user with this id, by one statement. */
    abstract void update(int id, int age);

    /** Deletes the user with this id, by one statement. */
    abstract void delete(int id);

    /** In one transaction finds a user, sets the age of that user, and inserts another; by three statements. */
    abstract void transaction(int id, int age, User another);

    /** Returns all users with ids up to this one. */
    abstract List<?> read(int upTo);

    /** Reads the customers with ids up to this one, each with its orders, and returns the sum of all quantities. */
    abstract long oneToMany(int upTo);

    /** Inserts users on one connection, whose ids are left to the server. */
    abstract void insertAll(List<User> users);

    /** Inserts users on one connection in the fastest way that it has. */
    void load(List<User> users) {
        insertAll(users);
    }

    /** Sets age and balance of users by their ids, on one connection. */
    abstract void updateAll(List<User> users);

    /** Inserts users on one connection, and sets age and balance of those whose email is there already. */
    abstract void upsertAll(List<User> users);

    /** Reads the page of ten customers, ordered by name, that follows the one with this id, and returns its last id. */
    abstract int page(int after);

    @Override
    public abstract void close();
}
