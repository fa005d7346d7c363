package app.mushroom.trainer.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that goes when the work is done. */
public final class WorkFolder implements AutoCloseable {

  private final Path path;

  public WorkFolder() throws IOException {
    this.path = Files.createTempDirectory("mushroom-train-");
  }

  public Path path() {
    return path;
  }

  static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : paths) {
      Files.deleteIfExists(each);
    }
  }

  @Override
  public void close() throws IOException {
    delete(path);
  }
}
