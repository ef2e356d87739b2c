package dev.rowan.spring;

/** Stops the start of a service for a cause that its developer can remove: Spring Boot shows the texts alone. */
final class StartFailure extends RuntimeException {

    /** What to do if there is no connection. */
    static final String CHECK_CONNECTION =
            "Check spring.datasource.url, spring.datasource.username and spring.datasource.password, and the server.";

    private static final long serialVersionUID = 1;

    private final String action;

    /**
     * Creates the failure of a cause, whose message it takes.
     *
     * @param action what to do
     */
    StartFailure(RuntimeException cause, String action) {
        super(cause.getMessage(), cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
