package dev.rowan.bench.adapter;

import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.User;
import java.util.List;

/**
 * The database operations of a service, implemented with one library as its documentation recommends: one pool of
 * {@value ConnectionDetails#POOL_SIZE} connections, and one mapping of each table.
 *
 * <p>An operation for which the library documents no method throws {@link UnsupportedOperationException}; reports show
 * a dash. Rows are objects of the library's own kind, with all columns read. Implementations are thread-safe.
 */
public interface LibraryAdapter extends AutoCloseable {

    /** The number of rows in a batch. */
    int BATCH_SIZE = 1_000;

    /** Returns the user with this id. */
    Object find(int id);

    /** Returns the age of a user that {@link #find} or {@link #read} returned. */
    int age(Object user);

    /** Inserts a user, and returns the id that the server generated. */
    int insert(User user);

    /** Updates the age of one user by one statement. */
    void update(int id, int age);

    /** Deletes one user by one statement. */
    void delete(int id);

    /** Runs a transaction of three statements: finds a user, updates its age, and inserts another user. */
    void transaction(int id, int age, User another);

    /** Returns all users with ids up to {@code maxId}. */
    List<?> read(int maxId);

    /** Reads the customers with ids up to {@code maxId} with their orders, and returns the sum of the quantities. */
    long oneToMany(int maxId);

    /** Inserts users on one connection; the server generates their ids. */
    void insertAll(List<User> users);

    /** Inserts users on one connection by the library's fastest method. */
    default void load(List<User> users) {
        insertAll(users);
    }

    /** Updates age and balance of users by their ids, on one connection. */
    void updateAll(List<User> users);

    /** Inserts users on one connection; where the email exists already, updates age and balance instead. */
    void upsertAll(List<User> users);

    /**
     * Reads the page of customers, ordered by name, after the customer with this id, and returns the page's last id.
     */
    int page(int afterId);

    @Override
    void close();
}
