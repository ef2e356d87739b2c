package dev.rowan.db.internal.environment;

import dev.rowan.db.internal.container.LastingContainer;
import dev.rowan.db.internal.embedded.ArtifactSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MySQL in a container, whose data is in the folder. */
final class ContainerForm implements ServerForm {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerForm.class);

    private final EnvironmentFolder folder;
    private final String image;
    private final LastingContainer container;

    ContainerForm(EnvironmentFolder folder, String image) {
        this.folder = folder;
        this.image = image;
        this.container = new LastingContainer(image, folder.project());
    }

    /** Returns the image that an environment was created with; empty if it is no container's. */
    static Optional<String> image(Path database) throws IOException {
        var file = imageFile(database);
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    @Override
    public String product() {
        return "MySQL in a container (" + image + ")";
    }

    @Override
    public String place(ServerRecord record) {
        return "container " + new LastingContainer(image, record.project()).name();
    }

    @Override
    public void create(Path database, ArtifactSource binaries) throws IOException {
        OwnerOnly.createDirectory(database);
        container.create(database);
        OwnerOnly.write(imageFile(database), image + "\n");
    }

    @Override
    public boolean isRunning() throws IOException {
        var record = ServerRecord.read(folder.recordFile());
        if (record.isEmpty()) {
            return false;
        }
        try {
            return own(record.get()).filter(LastingContainer.Found::running).isPresent();
        } catch (IOException e) {
            LOG.warn("The environment in {} is taken for stopped. {}", folder.path(), e.getMessage());
            return false;
        }
    }

    @Override
    public void start(ClientFile login, Path script, ArtifactSource binaries, Observer observer) throws IOException {
        cleanUp(); // of a server that was killed
        container.start(
                folder.database(),
                login.port(),
                script,
                login.user(),
                login.password(),
                new LastingContainer.Observer() {
                    @Override
                    public void choose(int port) throws IOException {
                        observer.choose(port);
                    }

                    @Override
                    public void created(String id) throws IOException {
                        observer.started(new ServerRecord(id, Instant.now(), folder.project()));
                    }
                });
    }

    @Override
    public void end(DataSource server) throws IOException {
        cleanUp();
    }

    @Override
    public void cleanUp() throws IOException {
        var record = ServerRecord.read(folder.recordFile());
        var found = record.isPresent() ? own(record.get()) : Optional.<LastingContainer.Found>empty();
        if (found.isPresent()) {
            container.remove(found.get().id());
        }
        container.removeAll();
    }

    /** Returns the container of a record, unless this folder is a copy, and the container that of the original. */
    private Optional<LastingContainer.Found> own(ServerRecord record) throws IOException {
        var found = container.find(record.id());
        if (found.isEmpty() || found.get().project().equals(folder.project())) {
            return found;
        }
        var original = ServerRecord.read(new EnvironmentFolder(found.get().project()).recordFile());
        return original.filter(other -> other.id().equals(record.id())).isPresent() ? Optional.empty() : found;
    }

    private static Path imageFile(Path database) {
        return database.resolve("image");
    }
}
