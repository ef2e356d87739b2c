package dev.rowan.bench.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.bench.config.Measure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class IterationRequestTest {

    @Test
    void aRequestIsOneLineThatParsesToTheSameRequest() {
        var request = new IterationRequest(Measure.TOGETHER_FIND_256, 1000, 4, Duration.ofMillis(400), 200);

        assertEquals("together-find-256 1000 4 400 200", request.line());
        assertEquals(request, IterationRequest.parse(request.line()));
    }
}
