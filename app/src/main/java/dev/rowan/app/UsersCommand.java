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

/** The users, from the command line: each method is a command, its parameters are the options. */
@Command(name = "users", description = "Adds, lists, finds, updates and deletes users.")
final class UsersCommand {

    private final PrintStream out;

    UsersCommand(PrintStream out) {
        this.out = out;
    }

    @Command(name = "add", description = "Adds a user, and shows it.")
    void add(
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "At most 50 characters.")
                    String name,
            @Option(names = "--age", paramLabel = "AGE", description = "In years, 0 to 150.") @Nullable Integer age,
            @Option(names = "--email", paramLabel = "EMAIL", description = "No two users share one.") @Nullable String email,
            @Mixin ConnectionOptions connection) {
        with(connection, users -> {
            var added = users.insert(u -> u.setName(name).setAge(age).setEmail(email));
            show(users.get(added.getId()));
        });
    }

    @Command(
            name = "list",
            description = "Lists users by name, a page at a time, and says how to go on where there are more.")
    void list(
            @Option(names = "--adults", description = "Only those of 18 and over.") boolean adults,
            @Option(
                            names = "--limit",
                            paramLabel = "ROWS",
                            defaultValue = "20",
                            description = "The most on one page, up to 10000. Default: 20.")
                    int limit,
            @Option(names = "--after", paramLabel = "TOKEN", description = "Goes on where an earlier page ended.")
                    @Nullable String after,
            @Mixin ConnectionOptions connection) {
        with(connection, users -> {
            var listed = adults ? users.where(USERS.AGE.ge(18)) : users.all();
            var page = listed.orderBy(USERS.NAME)
                    .page(after == null ? PageRequest.first(limit) : PageRequest.at(after, limit));
            out.print(UserTable.of(page.items()));
            page.next().flatMap(PageRequest::token).ifPresent(token -> out.println("More: --after " + token));
        });
    }

    @Command(name = "find", description = "Shows one user.")
    void find(@ArgGroup(multiplicity = "1") Who who, @Mixin ConnectionOptions connection) {
        with(connection, users -> show(who.in(users).orElseThrow(UsersCommand::noSuchUser)));
    }

    @Command(name = "update", description = "Changes what is given of a user, leaves the rest, and shows the user.")
    void update(
            @Parameters(paramLabel = "ID", description = "The user's id.") int id,
            @Option(names = "--name", paramLabel = "NAME", description = "At most 50 characters.") @Nullable String name,
            @Option(names = "--age", paramLabel = "AGE", description = "In years, 0 to 150.") @Nullable Integer age,
            @Option(names = "--email", paramLabel = "EMAIL", description = "No two users share one.") @Nullable String email,
            @Option(names = "--status", paramLabel = "STATUS", description = "One of ${COMPLETION-CANDIDATES}.")
                    @Nullable UsersStatus status,
            @Mixin ConnectionOptions connection) {
        if (name == null && age == null && email == null && status == null) {
            throw new IllegalArgumentException("Nothing to update: give --name, --age, --email or --status.");
        }
        with(connection, users -> {
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

    @Command(name = "delete", description = "Deletes a user.")
    void delete(
            @Parameters(paramLabel = "ID", description = "The user's id.") int id,
            @Mixin ConnectionOptions connection) {
        with(connection, users -> {
            if (!users.delete(id)) {
                throw noSuchUser();
            }
            out.println("Deleted.");
        });
    }

    /** One user, by what is unique. */
    static final class Who {

        @Parameters(paramLabel = "ID", description = "The user's id.")
        private @Nullable Integer id;

        @Option(names = "--email", paramLabel = "EMAIL", description = "The user's email.")
        private @Nullable String email;

        Optional<UsersRecord> in(UsersRepository users) {
            if (id != null) {
                return users.find(id);
            }
            return email == null ? Optional.empty() : users.findByEmail(email);
        }
    }

    private void show(UsersRecord user) {
        out.print(UserTable.of(List.of(user)));
    }

    private static void with(ConnectionOptions connection, Consumer<UsersRepository> work) {
        try (Database database = connection.open()) {
            work.accept(new UsersRepository(database));
        }
    }

    private static NotFound noSuchUser() {
        return new NotFound("There is no such user.");
    }
}
