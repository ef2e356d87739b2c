package dev.rowan.cli;

import static dev.rowan.cli.GoalOption.flag;
import static dev.rowan.cli.GoalOption.text;

import dev.rowan.cli.GoalOption.Kind;
import dev.rowan.codegen.config.OptionKeys;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands and their options. Those of a goal of the Maven plugin have the names of its parameters. */
final class Commands {

    private static final GoalOption SERVER = text(
                    OptionKeys.SERVER,
                    "SERVER",
                    "auto (the environment of the project if it is started, otherwise Docker if it is running, otherwise"
                            + " embedded), docker, embedded, or a URL that starts with jdbc:mysql://.")
            .orVariable("ROWAN_SERVER")
            .or("auto");
    private static final GoalOption DATABASE = text(
                    OptionKeys.SERVER, "URL", "The database: a URL that starts with jdbc:mysql://.")
            .orVariable("ROWAN_SERVER")
            .asRequired();
    private static final GoalOption NEW_SERVER = text(
                    OptionKeys.SERVER,
                    "SERVER",
                    "embedded, a MariaDB, or docker, MySQL in a container; auto is an embedded one.")
            .or("auto");
    private static final GoalOption IMAGE = text(OptionKeys.IMAGE, "IMAGE", "The image of the Docker container.")
            .orVariable("ROWAN_IMAGE")
            .or("mysql:9.7");

    private static final GoalOption CHANGELOG = text(
                    OptionKeys.CHANGELOG, "NAME", "The class-path name of the changelog.")
            .or("db/changelog/db.changelog-master.yaml");
    private static final GoalOption CHANGELOG_PATH = GoalOption.of(
                    OptionKeys.CHANGELOG_PATH,
                    "PATH",
                    Kind.PATH,
                    "The directories and jars that have the changelog and its files.")
            .or(String.join(File.pathSeparator, "src/main/resources", "."));
    private static final GoalOption CONTEXTS = text(
            OptionKeys.CONTEXTS,
            "NAMES",
            "The contexts that are applied, separated by commas. Without them, no changeset that has a context is"
                    + " applied.");
    private static final GoalOption LABELS =
            text(OptionKeys.LABELS, "EXPRESSION", "An expression that the labels of changesets must match.");
    private static final GoalOption PARAMETERS = GoalOption.of(
            OptionKeys.CHANGELOG_PARAMETER.replace(".", ""),
            "NAME=VALUE",
            Kind.MAP,
            "The value of a changelog parameter. Repeatable.");
    private static final GoalOption RESOURCES = text(
                    OptionKeys.RESOURCES,
                    "DIRECTORY",
                    "The directory that the changelog is written to, under its class-path name.")
            .or("src/main/resources");

    private static final GoalOption PACKAGE_NAME = text(
                    OptionKeys.PACKAGE_NAME, "PACKAGE", "The package of the sources.")
            .asRequired();
    private static final GoalOption INCLUDES = text(OptionKeys.INCLUDES, "REGEX", "The tables and views to include.")
            .or(".*");
    private static final GoalOption EXCLUDES = text(OptionKeys.EXCLUDES, "REGEX", "The tables and views to exclude.");
    private static final List<GoalOption> RULES = List.of(
            rule(OptionKeys.VERSION, "The version column of tables: 'orders = revision'."),
            rule(OptionKeys.TYPES, "The Java type of columns: 'orders.settings = com.example.Settings'."),
            rule(OptionKeys.RELATIONS, "The relations of a foreign key or a link table: 'user_roles = none'."),
            rule(OptionKeys.KEYS, "The key of a view, or of a table without one: 'order_totals = order_id'."),
            rule(OptionKeys.NAMES, "A name in Java: 'users = Person'."));

    private static final GoalOption OUTPUT_DIRECTORY = text(
                    OptionKeys.OUTPUT_DIRECTORY, "DIRECTORY", "The directory of the sources, and of nothing else.")
            .asRequired();
    private static final GoalOption MIGRATE = flag(
            OptionKeys.MIGRATE, "Apply the changelog to the database at a URL. It is always applied to other servers.");
    private static final GoalOption IN_USE = text(
            OptionKeys.REFERENCE,
            "URL",
            "A database in use: the changesets that it has not applied are checked. Without it, those after the last tag"
                    + " are.");
    private static final GoalOption STRICT = flag(OptionKeys.STRICT, "Fail on warnings too.");
    private static final GoalOption REFERENCE = text(
                    OptionKeys.REFERENCE,
                    "SERVER",
                    "The server that the changelog is applied to: docker, embedded, or the URL of a database for this"
                            + " purpose; auto is one like that of the database.")
            .or("auto");
    private static final GoalOption OUTPUT = text(
                    OptionKeys.OUTPUT, "FILE", "The file that a changelog of the differences is written to.")
            .asRequired();
    private static final GoalOption DRY_RUN = flag(OptionKeys.DRY_RUN, "Leave the database as it is.");
    private static final GoalOption DOCS_DIRECTORY = text(
                    OptionKeys.DOCS_DIRECTORY, "DIRECTORY", "The directory of the page, index.html.")
            .asRequired();
    private static final GoalOption MARKDOWN =
            text(OptionKeys.MARKDOWN, "FILE", "The file of the page in Markdown. Default: SCHEMA.md beside the page");
    private static final GoalOption TITLE = text(OptionKeys.TITLE, "TITLE", "The title of the page.")
            .or(nameOf(Path.of("").toAbsolutePath()));
    private static final GoalOption ROOT =
            text(OptionKeys.ROOT, "DIRECTORY", "The root of the project.").or(".");

    private static final List<GoalOption> SELECTION = List.of(CHANGELOG, CHANGELOG_PATH, CONTEXTS, LABELS, PARAMETERS);
    private static final List<GoalOption> TABLES = joined(List.of(List.of(INCLUDES, EXCLUDES), RULES));
    private static final List<GoalOption> SOURCES = joined(List.of(List.of(PACKAGE_NAME), TABLES));

    /** A goal of the generator, and what it takes beside what all take. */
    private record Goal(String name, String description, List<GoalOption> options) {}

    private static final List<Goal> GOALS = List.of(
            new Goal(
                    OptionKeys.GENERATE,
                    "Generate typed tables, records and repositories from a changelog.",
                    joined(List.of(SOURCES, SELECTION, List.of(OUTPUT_DIRECTORY, SERVER, IMAGE, MIGRATE)))),
            new Goal(
                    OptionKeys.CHECK,
                    "Check what the latest changesets would cost a database in use.",
                    joined(List.of(SELECTION, List.of(SERVER, IMAGE, IN_USE, STRICT)))),
            new Goal(
                    OptionKeys.RELEASE,
                    "Write what the classes of a release rely on to a file beside the changelog, for check.",
                    joined(List.of(TABLES, SELECTION, List.of(SERVER, IMAGE)))),
            new Goal(
                    OptionKeys.DIFF,
                    "Compare the schema of a database with the one that the changelog makes.",
                    joined(List.of(SELECTION, List.of(DATABASE, REFERENCE, IMAGE, OUTPUT)))),
            new Goal(
                    OptionKeys.ADOPT,
                    "Write the first changelog of a database, and mark it as applied there.",
                    List.of(DATABASE, CHANGELOG, RESOURCES, DRY_RUN)),
            new Goal(
                    OptionKeys.DOCS,
                    "Write a page of the schema, with a diagram, and the same in Markdown.",
                    joined(List.of(SOURCES, SELECTION, List.of(DOCS_DIRECTORY, MARKDOWN, TITLE, SERVER, IMAGE)))),
            new Goal(
                    "env-create",
                    "Create a database of the project's own, in the folder .rowan.",
                    List.of(NEW_SERVER, IMAGE, ROOT)),
            new Goal("env-start", "Start its server, which runs until it is stopped.", List.of()),
            new Goal("env-install", "Apply the pending changesets to it, and list what is installed.", SELECTION),
            new Goal("env-status", "Show its server, folder and size, and what is installed and pending.", SELECTION),
            new Goal("env-shell", "Open a prompt for SQL on it.", List.of()),
            new Goal("env-stop", "Stop its server, and keep its data.", List.of()),
            new Goal("env-delete", "Stop its server, and delete all its data.", List.of()));

    private static final Map<String, String> EXIT_CODES = new TreeMap<>(Map.of(
            "0", "Success.",
            "1", "Failure: the message says why. Or what was checked or compared has errors or differences.",
            "2", "A mistake in the command line."));

    private Commands() {}

    /** Returns the command that has all others. */
    static CommandSpec root(Map<String, String> environment) {
        var root = CommandSpec.create().name("rowan").version("rowan " + version());
        root.usageMessage()
                .description(
                        "Generates Java classes from a Liquibase changelog, and does what else the Maven plugin of Rowan"
                                + " does, for builds without Maven.",
                        "@FILE takes arguments from a file, one from each line, as they are, without quotes.");
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
        for (var goal : GOALS) {
            var options = joined(List.of(
                    goal.options(),
                    goal.name().startsWith(OptionKeys.ENVIRONMENT) ? List.of() : GoalCommand.LOGIN,
                    GoalCommand.OWN));
            var command = new GoalCommand(goal.name(), options, environment).spec();
            command.usageMessage().description(goal.description());
            root.addSubcommand(goal.name(), withHelp(command));
        }
        return withHelp(root);
    }

    private static CommandSpec withHelp(CommandSpec command) {
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        command.usageMessage()
                .sortOptions(false)
                .width(100)
                .descriptionHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(EXIT_CODES);
        return command;
    }

    /** Returns the name of a directory; the root has none, and is named by its path. */
    static String nameOf(Path directory) {
        return String.valueOf(Objects.requireNonNullElse(directory.getFileName(), directory));
    }

    private static String version() {
        @Nullable String version = Commands.class.getPackage().getImplementationVersion();
        return version == null ? "of the sources" : version;
    }

    private static GoalOption rule(String key, String description) {
        return GoalOption.of(key, "LINE", Kind.LINES, description + " Repeatable.");
    }

    private static List<GoalOption> joined(List<List<GoalOption>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
