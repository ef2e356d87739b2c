package com.example.shop;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/users/{user}/orders")
class OrdersController {

    private final OrderService orders;

    OrdersController(OrderService orders) {
        this.orders = orders;
    }

    @GetMapping
    PageOf<Order> list(
            @PathVariable int user,
            @RequestParam(required = false) String token,
            @RequestParam(defaultValue = "20") int size) {
        return orders.of(user, token, size);
    }

    record NewOrder(String item, int quantity) {}

    @PostMapping
    ResponseEntity<Order> place(@PathVariable int user, @RequestBody NewOrder order) {
        var placed = orders.place(user, order.item(), order.quantity());
        return ResponseEntity.created(URI.create("/users/" + user + "/orders/" + placed.id()))
                .body(placed);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancelAll(@PathVariable int user) {
        orders.cancelAll(user);
    }

    @DeleteMapping("/{order}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable int order) {
        orders.cancel(order);
    }
}
