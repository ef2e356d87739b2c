package com.example.shop;

import dev.rowan.error.CheckViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.InvalidPageToken;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.NotFound;
import dev.rowan.error.NotNullViolation;
import dev.rowan.error.StaleRecord;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.UniqueViolation;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers with problem details (RFC 9457): what a client can correct, and none of the server's words. */
@RestControllerAdvice
class Problems {

    @ExceptionHandler
    ProblemDetail of(DatabaseException failure) {
        return switch (failure) {
            case UniqueViolation taken ->
                problem(HttpStatus.CONFLICT, "There is another one with the same " + columns(taken));
            case ForeignKeyViolation related ->
                problem(HttpStatus.CONFLICT, "Other data refers to it, or it refers to what does not exist.");
            case StaleRecord stale -> problem(HttpStatus.CONFLICT, "It was changed meanwhile. Read it again.");
            case CheckViolation check -> invalid("It violates the rule " + check.name() + ".");
            case NotNullViolation missing -> invalid("A value is missing.");
            case InvalidValue value ->
                invalid("Not a value of " + value.field().map(Field::getName).orElse("a column") + ".");
            case NotFound none -> problem(HttpStatus.NOT_FOUND, "There is none.");
            case InvalidPageToken token ->
                problem(HttpStatus.BAD_REQUEST, "The token is of no page. Begin at the first.");
            case TransientFailure busy -> problem(HttpStatus.SERVICE_UNAVAILABLE, "Try again.");
            default -> throw failure;
        };
    }

    private static String columns(UniqueViolation taken) {
        return taken.key().getFields().stream().map(Field::getName).collect(Collectors.joining(", ", "", "."));
    }

    private static ProblemDetail invalid(String detail) {
        return problem(HttpStatus.UNPROCESSABLE_CONTENT, detail);
    }

    private static ProblemDetail problem(HttpStatus status, String detail) {
        return ProblemDetail.forStatusAndDetail(status, detail);
    }
}
