package dev.rowan.codegen.config;

/**
 * The keys of the options that the build passes to the generator. Each is the name of a parameter of the Maven plugin.
 *
 * <p>Constants of the compiler only: the plugin is compiled against them, and never loads this class. Maven may run
 * on a JVM that is too old for it.
 */
public final class OptionKeys {

    public static final String SERVER = "server";
    public static final String IMAGE = "image";
    public static final String USER = "user";
    public static final String PASSWORD = "password";
    public static final String MIGRATE = "migrate";
    public static final String CHANGELOG = "changelog";
    public static final String CONTEXTS = "contexts";
    public static final String LABELS = "labels";
    /** Before the name of each changelog parameter. */
    public static final String CHANGELOG_PARAMETER = "changelogParameters.";

    public static final String PACKAGE_NAME = "packageName";
    public static final String OUTPUT_DIRECTORY = "outputDirectory";
    public static final String INCLUDES = "includes";
    public static final String EXCLUDES = "excludes";

    // lists of lines, which Rules reads
    public static final String VERSION = "version";
    public static final String TYPES = "types";
    public static final String RELATIONS = "relations";
    public static final String KEYS = "keys";
    public static final String NAMES = "names";

    // no parameters: what the plugin itself decides for one run
    /**
     * {@link #GENERATE}, which is the default, {@link #ADOPT}, {@link #DIFF}, {@link #CHECK}, {@link #RELEASE}, {@link
     * #DOCS}, or one that begins with {@link #ENVIRONMENT}.
     */
    public static final String GOAL = "goal";

    public static final String GENERATE = "generate";
    public static final String ADOPT = "adopt";
    public static final String DIFF = "diff";
    public static final String CHECK = "check";
    public static final String RELEASE = "release";
    public static final String DOCS = "docs";
    /** The directory that the page of the schema is written to. */
    public static final String DOCS_DIRECTORY = "docsDirectory";
    /** The file that the page of the schema is written to in Markdown; the default is one in its directory. */
    public static final String MARKDOWN = "markdown";
    /** The title of the page of the schema. */
    public static final String TITLE = "title";
    /**
     * The server that the changelog is applied to, to compare a database with it; to check migrations, the database
     * that is in use.
     */
    public static final String REFERENCE = "reference";
    /** Whether warnings fail the check of migrations. */
    public static final String STRICT = "strict";
    /** The file that a changelog of the differences is written to. */
    public static final String OUTPUT = "output";
    /** How the goals begin that work on the environment of the project. */
    public static final String ENVIRONMENT = "env-";
    /** The directory that a new environment is created in. */
    public static final String ROOT = "root";
    /** Whether to report the state of the environment; in a build of several modules, one does. */
    public static final String STATE = "state";
    /** Whether the project may have no changelog; in a build of several modules, most have none. */
    public static final String OPTIONAL = "optional";
    /** The directory of resources that a first changelog, or the file of a release, is written to. */
    public static final String RESOURCES = "resources";
    /** Whether a first changelog is only written, and not marked as applied. */
    public static final String DRY_RUN = "dryRun";

    public static final String CHANGELOG_PATH = "changelogPath";
    public static final String WORK_DIRECTORY = "workDirectory";

    private OptionKeys() {}
}
