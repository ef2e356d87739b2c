package dev.rowan.app;

import static dev.rowan.app.schema.Tables.USERS;

import dev.rowan.Database;
import dev.rowan.app.schema.enums.UsersStatus;
import dev.rowan.app.schema.repositories.UsersRepository;
import dev.rowan.app.schema.tables.records.UsersRecord;
import dev.rowan.error.NotFound;
import dev.rowan.result.PageRequest;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that manage users: each method is a command, and its parameters are the options. */
@Command(name = "users", description = "Add, list, find, update and delete users.")
final class UsersCommand {

    private final PrintStream out;

    UsersCommand(PrintStream out) {
        this.out = out;
    }

    @Command(name = "add", description = "Add a user and show it.")
    void add(
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "At most 50 characters.")
                    String name,
            @Option(names = "--age", paramLabel = "AGE", description = "In years, 0 to 150.") @Nullable Integer age,
            @Option(names = "--email", paramLabel = "EMAIL", description = "Unique among all users.") @Nullable String email,
            @Mixin ConnectionOptions connection) {
        withUsers(connection, users -> {
            var added = users.insert(u -> u.setName(name).setAge(age).setEmail(email));
            show(users.get(added.getId()));
        });
    }

    @Command(
            name = "list",
            description = "List users by name, one page at a time. If there are more, show how to continue.")
    void list(
            @Option(names = "--adults", description = "Only users aged 18 and over.") boolean adults,
            @Option(
                            names = "--limit",
                            paramLabel = "ROWS",
                            defaultValue = "20",
                            description = "Page size, 1 to 10000. Default: 20.")
                    int limit,
            @Option(
                            names = "--after",
                            paramLabel = "TOKEN",
                            description = "Continue after the page that showed this token.")
                    @Nullable String after,
            @Mixin ConnectionOptions connection) {
        withUsers(connection, users -> {
            var listed = adults ? users.where(USERS.AGE.ge(18)) : users.all();
            var page = listed.orderBy(USERS.NAME)
                    .page(after == null ? PageRequest.first(limit) : PageRequest.at(after, limit));
            out.print(UserTableFormatter.format(page.items()));
            page.next().flatMap(PageRequest::token).ifPresent(token -> out.println("More: --after " + token));
        });
    }

    @Command(name = "find", description = "Show one user.")
    void find(@ArgGroup(multiplicity = "1") UserSelector selector, @Mixin ConnectionOptions connection) {
        withUsers(connection, users -> show(selector.find(users).orElseThrow(UsersCommand::noSuchUser)));
    }

    @Command(name = "update", description = "Update the given columns of a user and show it.")
    void update(
            @Parameters(paramLabel = "ID", description = "Id of the user.") int id,
            @Option(names = "--name", paramLabel = "NAME", description = "At most 50 characters.") @Nullable String name,
            @Option(names = "--age", paramLabel = "AGE", description = "In years, 0 to 150.") @Nullable Integer age,
            @Option(names = "--email", paramLabel = "EMAIL", description = "Unique among all users.") @Nullable String email,
            @Option(names = "--status", paramLabel = "STATUS", description = "One of ${COMPLETION-CANDIDATES}.")
                    @Nullable UsersStatus status,
            @Mixin ConnectionOptions connection) {
        if (name == null && age == null && email == null && status == null) {
            throw new IllegalArgumentException("Nothing to update. Set --name, --age, --email or --status.");
        }
        withUsers(connection, users -> {
            var found = users.update(id, u -> {
                if (name != null) {
                    u.setName(name);
                }
                if (age != null) {
                    u.setAge(age);
                }
                if (email != null) {
                    u.setEmail(email);
                }
                if (status != null) {
                    u.setStatus(status);
                }
            });
            if (!found) {
                throw noSuchUser();
            }
            show(users.get(id));
        });
    }

    @Command(name = "delete", description = "Delete a user.")
    void delete(
            @Parameters(paramLabel = "ID", description = "Id of the user.") int id,
            @Mixin ConnectionOptions connection) {
        withUsers(connection, users -> {
            if (!users.delete(id)) {
                throw noSuchUser();
            }
            out.println("Deleted.");
        });
    }

    /** Selects one user by id or by email. */
    static final class UserSelector {

        @Parameters(paramLabel = "ID", description = "Id of the user.")
        private @Nullable Integer id;

        @Option(names = "--email", paramLabel = "EMAIL", description = "Email of the user.")
        private @Nullable String email;

        Optional<UsersRecord> find(UsersRepository users) {
            if (id != null) {
                return users.find(id);
            }
            return email == null ? Optional.empty() : users.findByEmail(email);
        }
    }

    private void show(UsersRecord user) {
        out.print(UserTableFormatter.format(List.of(user)));
    }

    private static void withUsers(ConnectionOptions connection, Consumer<UsersRepository> action) {
        try (Database database = connection.open()) {
            action.accept(new UsersRepository(database));
        }
    }

    private static NotFound noSuchUser() {
        return new NotFound("No such user.");
    }
}
