package com.example.shop;

import com.example.shop.schema.tables.records.UsersRecord;

/** A user as clients see it. The version is that of the row, and must be sent back to change it. */
record User(int id, String name, String email, int orderCount, int version) {

    static User of(UsersRecord row) {
        return new User(row.getId(), row.getName(), row.getEmail(), row.getOrderCount(), row.getVersion());
    }
}
