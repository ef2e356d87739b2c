package dev.rowan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands have the options that the Maven plugin's goals of the same names have as parameters. */
final class CommandsTest {

    /** Of Maven alone: the phase of a build, and which of its class paths is meant. */
    private static final Set<String> MAVENS = Set.of("skip", "testSources");

    /** What the plugin takes from the project, or from the class path of Maven. */
    private static final Set<String> OWN =
            Set.of("changelogPath", "resources", "output", "root", "mariadb", "passwordFile", "verbose");

    /** An environment has a login of its own; its goals inherit the parameters. */
    private static final Set<String> LOGIN = Set.of("user", "password");

    @TestFactory
    Stream<DynamicTest> eachGoalIsACommandWithItsParametersAsOptions() throws Exception {
        var goals = goals();
        return goals.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    var goal = entry.getKey();
                    var expected = new TreeSet<String>();
                    entry.getValue().stream()
                            .filter(parameter -> !MAVENS.contains(parameter))
                            .filter(parameter -> !(goal.startsWith("env-") && LOGIN.contains(parameter)))
                            .map(GoalOption::name)
                            .forEach(expected::add);
                    var actual = new TreeSet<>(options(goal));
                    OWN.stream().map(GoalOption::name).forEach(actual::remove);
                    assertEquals(expected, actual);
                }));
    }

    @Test
    void eachCommandIsAGoal() throws Exception {
        assertEquals(
                new TreeSet<>(goals().keySet()),
                new TreeSet<>(new CommandLine(Commands.root(Map.of()))
                        .getSubcommands()
                        .keySet()));
    }

    @Test
    void anOptionOfItsOwnIsUsed() throws Exception {
        var used = new HashSet<String>();
        for (var goal : goals().keySet()) {
            used.addAll(options(goal));
        }
        OWN.forEach(option -> assertTrue(used.contains(GoalOption.name(option)), option));
    }

    @Test
    void aVariableOfTheEnvironmentIsADefaultUnlessItIsBlank() {
        assertEquals("docker", serverIn(Map.of("ROWAN_SERVER", "docker")));
        assertEquals("auto", serverIn(Map.of("ROWAN_SERVER", " ")));
        assertEquals("auto", serverIn(Map.of()));
    }

    /** The title of a page is the name of the working directory. */
    @Test
    void everyDirectoryHasANameThatTheHelpCanShow() {
        assertEquals("shop", Commands.nameOf(Path.of("work", "shop")));
        var root = Objects.requireNonNull(Path.of("").toAbsolutePath().getRoot());
        assertEquals(root.toString(), Commands.nameOf(root));

        var title = GoalOption.text("title", "TITLE", "The title.").or("5%n");
        var help = new CommandLine(CommandSpec.create().addOption(title.spec(Map.of()))).getUsageMessage();
        assertTrue(help.contains("The title. Default: 5%n"), help);
    }

    private static String serverIn(Map<String, String> environment) {
        var server = command("check", environment).findOption("--server");
        return Objects.requireNonNull(server.defaultValue());
    }

    private static CommandSpec command(String goal, Map<String, String> environment) {
        var command =
                new CommandLine(Commands.root(environment)).getSubcommands().get(goal);
        return Objects.requireNonNull(command).getCommandSpec();
    }

    private static Set<String> options(String goal) {
        return command(goal, Map.of()).options().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !name.equals("--help"))
                .collect(Collectors.toSet());
    }

    /** Returns the parameters of each goal, as the plugin's descriptor has them. */
    private static Map<String, Set<String>> goals() throws IOException, ParserConfigurationException, SAXException {
        Document plugin;
        try (var descriptor = Objects.requireNonNull(
                CommandsTest.class.getClassLoader().getResourceAsStream("META-INF/maven/plugin.xml"))) {
            plugin = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(descriptor);
        }
        var goals = new TreeMap<String, Set<String>>();
        elements(plugin.getElementsByTagName("mojo")).forEach(goal -> {
            var parameters = elements(goal.getElementsByTagName("parameter"))
                    .filter(parameter -> text(parameter, "editable").equals("true"))
                    .map(parameter -> text(parameter, "name"))
                    .collect(Collectors.toSet());
            goals.put(text(goal, "goal"), parameters);
        });
        assertFalse(goals.isEmpty());
        return goals;
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }

    private static String text(Element element, String child) {
        Node node = element.getElementsByTagName(child).item(0);
        return node.getTextContent();
    }
}
