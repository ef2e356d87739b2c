package com.example.shop;

import dev.rowan.result.Page;
import dev.rowan.result.PageRequest;
import java.util.List;
import java.util.function.Function;

/** A page of a list, with the tokens of its neighbours; null at the ends. */
record PageOf<T>(List<T> items, String next, String previous) {

    /** Returns the page that a client asks for: the first if it has no token, and of 1 to 100 rows. */
    static PageRequest request(String token, int size) {
        var rows = Math.clamp(size, 1, 100);
        return token == null ? PageRequest.first(rows) : PageRequest.at(token, rows);
    }

    static <R, T> PageOf<T> of(Page<R> page, Function<R, T> view) {
        return new PageOf<>(
                page.items().stream().map(view).toList(),
                page.next().flatMap(PageRequest::token).orElse(null),
                page.previous().flatMap(PageRequest::token).orElse(null));
    }
}
