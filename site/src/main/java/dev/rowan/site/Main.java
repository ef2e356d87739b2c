package dev.rowan.site;

import java.nio.file.Path;

/** The entry point: the folder of the repository, and that of the site. */
public final class Main {

    private Main() {}

    /** Makes the site, in place of one that is there. */
    public static void main(String[] arguments) throws Exception {
        new Site(Path.of(arguments[0]).toRealPath(), Path.of(arguments[1])).make();
    }
}
