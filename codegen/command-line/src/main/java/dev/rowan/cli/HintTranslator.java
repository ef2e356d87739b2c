package dev.rowan.cli;

import java.util.regex.Pattern;

/** Translates the hints in a message of the generator, which are for Maven, into options and commands. */
final class HintTranslator {

    private static final Pattern PROPERTY = Pattern.compile("-Drowan\\.(\\w+)(?:=true)?");
    private static final Pattern MISSING = Pattern.compile("^The option '(\\w+)' is missing");
    private static final Pattern GOAL = Pattern.compile("\\bmvn rowan:([\\w-]+)");
    private static final Pattern ELEMENT = Pattern.compile("<(includes|excludes|version|types|relations|keys|names)>");
    private static final Pattern LINE = Pattern.compile("<(name|type|relation|key)>(.*?)</\\1>");

    private HintTranslator() {}

    static String translate(String message) {
        var text = PROPERTY.matcher(message).replaceAll(hint -> GoalOption.name(hint.group(1)));
        text = MISSING.matcher(text).replaceAll(name -> "The option " + GoalOption.name(name.group(1)) + " is empty");
        text = GOAL.matcher(text).replaceAll("rowan $1");
        text = ELEMENT.matcher(text).replaceAll("--$1");
        text = LINE.matcher(text)
                .replaceAll(line -> "--" + line.group(1) + "s='"
                        + line.group(2)
                                .replace("&lt;", "<")
                                .replace("&gt;", ">")
                                .replace("&amp;", "&") + "'");
        return text.replace(", in the configuration of the plugin", "").replace("packageName is", "--package-name is");
    }
}
