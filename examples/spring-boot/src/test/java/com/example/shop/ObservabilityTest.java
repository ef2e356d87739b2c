package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.spring.test.UseTestDatabase;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What a trace of a request shows, and what Prometheus scrapes. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "management.tracing.sampling.probability=1")
@UseTestDatabase
class ObservabilityTest {

    /** Keeps the spans that a service would send away. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Exporter {
        @Bean
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }
    }

    @Autowired
    private InMemorySpanExporter exporter;

    @Autowired
    private SdkTracerProvider spans;

    private RestTestClient http;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    private <T> T post(String path, Object body, Class<T> type) {
        return http.post().uri(path).body(body).exchange().expectBody(type).returnResult().getResponseBody();
    }

    @Test
    void theSpansOfARequestAreItsTransactionAndItsStatements() throws InterruptedException {
        var ann = post("/users", Map.of("name", "Ann", "email", "ann@example.org"), User.class);
        var orders = "/users/" + ann.id() + "/orders";
        post(orders, Map.of("item", "chair", "quantity", 4711), Order.class);
        exporter.reset();

        http.delete().uri(orders).exchange().expectStatus().isNoContent();

        var request = span("http delete /users/{user}/orders");
        var transaction = span("transaction cancel orders");
        assertEquals(request.getSpanId(), transaction.getParentSpanId());
        assertEquals("committed", value(transaction, "rowan.transaction.outcome"));
        var statements = exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getParentSpanId().equals(transaction.getSpanId()))
                .toList();
        assertEquals(
                List.of("DELETE orders", "UPDATE users"),
                statements.stream().map(SpanData::getName).toList());
        var update = statements.getLast();
        assertEquals(SpanKind.CLIENT, update.getKind());
        assertEquals("users", value(update, "db.collection.name"));
        assertEquals("1", value(update, "rowan.written_rows"));
        assertTrue(value(update, "db.query.text").startsWith("update `users` set "), update::toString);
        for (var span : statements) {
            assertEquals(request.getTraceId(), span.getTraceId());
            assertFalse(span.toString().contains("chair") || span.toString().contains("4711"), span::toString);
        }
    }

    /** Waits for a span: that of a request ends after its answer. */
    private SpanData span(String name) throws InterruptedException {
        for (var end = Instant.now().plus(Duration.ofSeconds(30)); Instant.now().isBefore(end); Thread.sleep(50)) {
            spans.forceFlush().join(10, TimeUnit.SECONDS);
            for (var span : exporter.getFinishedSpanItems()) {
                if (span.getName().equals(name)) {
                    return span;
                }
            }
        }
        throw new AssertionError("no span " + name + " in " + exporter.getFinishedSpanItems());
    }

    private static String value(SpanData span, String key) {
        return span.getAttributes().get(AttributeKey.stringKey(key));
    }

    @Test
    void prometheusScrapesStatementsTransactionsAndCounters() {
        var ann = post("/users", Map.of("name", "Ann", "email", "ann@example.org"), User.class);
        http.delete().uri("/users/" + ann.id() + "/orders").exchange().expectStatus().isNoContent();

        var page = http.get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        var lines = page.lines().toList();
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("db_client_operation_duration_seconds_count{")
                        && line.contains("db_query_summary=\"INSERT users\"")),
                page);
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("rowan_transaction_seconds_count{")
                        && line.contains("rowan_transaction_name=\"cancel orders\"")
                        && line.contains("rowan_transaction_outcome=\"committed\"")),
                page);
        for (var meter : List.of(
                "rowan_connections_used",
                "rowan_retries_total",
                "rowan_merging_calls_total",
                "rowan_sql_cached",
                "rowan_statements_seconds_count")) {
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(meter)), meter);
        }
        assertFalse(page.contains("ann@example.org"), page);
    }
}
