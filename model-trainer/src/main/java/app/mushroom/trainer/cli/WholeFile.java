package app.mushroom.trainer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that whoever looks finds the old one or the new one, and never half of it. */
final class WholeFile {

  private WholeFile() {}

  /**
   * @param file replaced if it is there; written in place if it is no regular file, such as a pipe
   */
  static void write(Path file, byte[] content) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      Files.write(file, content);
      return;
    }
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path draft =
        real.resolveSibling("." + real.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.write(draft, content);
      Files.move(draft, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
