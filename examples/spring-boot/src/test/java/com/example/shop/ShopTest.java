package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.rowan.spring.test.UseTestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The service over HTTP, on a real database. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@UseTestDatabase
class ShopTest {

    private RestTestClient http;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void aUserIsAddedAndFound() {
        var ann = add("Ann", "ann@example.org");

        assertEquals(ann, get("/users/" + ann.id(), User.class));
    }

    private User add(String name, String email) {
        return post("/users", Map.of("name", name, "email", email), HttpStatus.CREATED, User.class);
    }

    private <T> T get(String path, Class<T> type) {
        return body(http.get().uri(path).exchange(), HttpStatus.OK, type);
    }

    private <T> T post(String path, Object body, HttpStatus status, Class<T> type) {
        return body(http.post().uri(path).body(body).exchange(), status, type);
    }

    private <T> T put(String path, Object body, HttpStatus status, Class<T> type) {
        return body(http.put().uri(path).body(body).exchange(), status, type);
    }

    private static <T> T body(RestTestClient.ResponseSpec response, HttpStatus status, Class<T> type) {
        return response.expectStatus().isEqualTo(status).expectBody(type).returnResult().getResponseBody();
    }

    private PageOf<User> page(String path) {
        return http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<PageOf<User>>() {})
                .returnResult()
                .getResponseBody();
    }

    @Test
    void aChangeNeedsTheVersionThatTheClientHasSeen() {
        var ann = add("Ann", "ann@example.org");
        var change = Map.of("name", "Anna", "email", ann.email(), "version", ann.version());

        var changed = put("/users/" + ann.id(), change, HttpStatus.OK, User.class);
        assertEquals("Anna", changed.name());
        var problem = put("/users/" + ann.id(), change, HttpStatus.CONFLICT, ProblemDetail.class);
        assertEquals("It was changed meanwhile. Read it again.", problem.getDetail());
        assertEquals(changed, get("/users/" + ann.id(), User.class));
    }

    @Test
    void aTakenAddressIsAProblemThatNamesTheColumn() {
        add("Ann", "ann@example.org");

        http.post()
                .uri("/users")
                .body(Map.of("name", "Bob", "email", "ann@example.org"))
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("There is another one with the same email.")
                .jsonPath("$.status")
                .isEqualTo(409);
    }

    @Test
    void whatIsMissingOrTooLongIsAProblem() {
        var missing = post("/users", Map.of("name", "Ann"), HttpStatus.UNPROCESSABLE_CONTENT, ProblemDetail.class);
        assertEquals("A value is missing.", missing.getDetail());
        var tooLong = Map.of("name", "A".repeat(51), "email", "ann@example.org");
        var problem = post("/users", tooLong, HttpStatus.UNPROCESSABLE_CONTENT, ProblemDetail.class);
        assertEquals("Not a value of name.", problem.getDetail());
        assertEquals("There is none.", body(
                http.get().uri("/users/4711").exchange(), HttpStatus.NOT_FOUND, ProblemDetail.class).getDetail());
    }

    @Test
    void usersAreReadByPages() {
        for (int i = 0; i < 5; i++) {
            add("user " + i, i + "@example.org");
        }
        var names = new ArrayList<String>();
        var first = page("/users?size=2");
        assertNull(first.previous());
        for (var page = first; ; page = page("/users?size=2&token=" + page.next())) {
            page.items().forEach(user -> names.add(user.name()));
            if (page.next() == null) {
                assertNotNull(page.previous());
                break;
            }
        }
        assertEquals(List.of("user 0", "user 1", "user 2", "user 3", "user 4"), names);
        assertEquals(1, page("/users?size=0").items().size());
        assertEquals(5, page("/users?size=100000").items().size());
        assertEquals(
                "The token is of no page. Begin at the first.",
                body(
                                http.get().uri("/users?token=none").exchange(),
                                HttpStatus.BAD_REQUEST,
                                ProblemDetail.class)
                        .getDetail());
    }

    @Test
    void anOrderAndItsCountAreWrittenTogether() {
        var ann = add("Ann", "ann@example.org");
        var orders = "/users/" + ann.id() + "/orders";

        post(orders, Map.of("item", "chair", "quantity", 4), HttpStatus.CREATED, Order.class);
        var problem = post(
                orders, Map.of("item", "table", "quantity", 0), HttpStatus.UNPROCESSABLE_CONTENT, ProblemDetail.class);
        assertEquals("It violates the rule ck_orders_quantity.", problem.getDetail());
        assertEquals(1, get("/users/" + ann.id(), User.class).orderCount());

        http.get()
                .uri(orders)
                .exchange()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].item")
                .isEqualTo("chair");
        http.delete().uri("/users/" + ann.id()).exchange().expectStatus().isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void aCancelledOrderIsNotCounted() {
        var ann = add("Ann", "ann@example.org");
        var orders = "/users/" + ann.id() + "/orders";
        var chair = post(orders, Map.of("item", "chair", "quantity", 4), HttpStatus.CREATED, Order.class);

        http.delete().uri(orders + "/" + chair.id()).exchange().expectStatus().isNoContent();
        http.delete().uri(orders + "/" + chair.id()).exchange().expectStatus().isNotFound();

        assertEquals(0, get("/users/" + ann.id(), User.class).orderCount());
        http.delete().uri("/users/" + ann.id()).exchange().expectStatus().isNoContent();
    }

    @Test
    void aUserWithoutOrdersIsDeleted() {
        var ann = add("Ann", "ann@example.org");

        http.delete().uri("/users/" + ann.id()).exchange().expectStatus().isNoContent();
        http.get().uri("/users/" + ann.id()).exchange().expectStatus().isNotFound();
    }

    @Test
    void theHealthOfThePoolIsShown() {
        http.get()
                .uri("/actuator/health")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components.db.status")
                .isEqualTo("UP");
    }
}
