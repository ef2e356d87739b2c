package dev.rowan.bench.adapter.generated;

import dev.rowan.bench.database.User;
import dev.rowan.bench.schema.tables.records.UsersRecord;

/** Converts users to generated records. */
final class UserRecords {

    private UserRecords() {}

    /** Returns the record of a new user, without an id. */
    static UsersRecord fresh(User user) {
        return new UsersRecord()
                .setName(user.name())
                .setEmail(user.email())
                .setAge(user.age())
                .setCity(user.city())
                .setBalance(user.balance())
                .setActive(user.active())
                .setCreatedAt(user.createdAt());
    }

    /** Returns a record as if it had been read and then changed, so that only age and balance are written. */
    static UsersRecord changed(User user) {
        var row = new UsersRecord().setId(user.id());
        row.touched(false);
        return row.setAge(user.age()).setBalance(user.balance());
    }
}
