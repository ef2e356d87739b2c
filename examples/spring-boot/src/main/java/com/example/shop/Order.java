package com.example.shop;

import com.example.shop.schema.tables.records.OrdersRecord;
import java.time.LocalDateTime;

record Order(int id, String item, int quantity, LocalDateTime placedAt) {

    static Order of(OrdersRecord row) {
        return new Order(row.getId(), row.getItem(), row.getQuantity(), row.getPlacedAt());
    }
}
