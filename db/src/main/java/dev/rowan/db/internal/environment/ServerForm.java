package dev.rowan.db.internal.environment;

import dev.rowan.db.internal.embedded.ArtifactSource;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;

/**
 * What the server of an environment is, and runs in. Each call looks anew at what there is, and the caller holds the
 * lock of the folder.
 */
interface ServerForm {

    /** Returns the form that the environment of a folder was created in. */
    static ServerForm of(EnvironmentFolder folder) throws IOException {
        var image = ContainerForm.image(folder.database());
        return image.isPresent() ? new ContainerForm(folder, image.get()) : new EmbeddedForm(folder);
    }

    /** Returns the product, with its version or image. */
    String product();

    /** Returns what a server runs in, such as a process and its id. */
    String place(ServerRecord record);

    /** Creates the files of a server, in a directory that does not exist, and that will be the folder's. */
    void create(Path database, ArtifactSource binaries) throws IOException;

    /** Returns whether the server of this folder runs, and not that of a folder that this one is a copy of. */
    boolean isRunning() throws IOException;

    /**
     * Starts the server and waits until it is ready.
     *
     * @param script SQL that the server runs when it starts, and that creates the login
     * @param observer hears of the server before it is ready; this process may be killed while it waits
     */
    void start(ClientFile login, Path script, ArtifactSource binaries, Observer observer) throws IOException;

    /** Ends the server, which runs, even if it hangs or does not accept the login. */
    void end(DataSource server) throws IOException, EnvironmentFailure;

    /** Removes what is left of servers of this folder outside of it, when none runs. */
    void cleanUp() throws IOException;

    /** Hears of a server that is being started. */
    interface Observer {

        /** Takes the port, before the server is started on it. */
        void choose(int port) throws IOException;

        /** Takes what tells of the server from now on. */
        void started(ServerRecord record) throws IOException;
    }
}
