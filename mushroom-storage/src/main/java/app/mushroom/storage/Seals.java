package app.mushroom.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The seals of a folder's objects, in a hidden tree of small files beside them. */
record Seals(Path folder, Path staging) {

  /** What the object's content may be, newest first; empty if nothing was written through us. */
  List<Seal> read(ObjectKey key) throws IOException {
    Path file = folder.resolve(key.value());
    try {
      return Files.readAllLines(file, StandardCharsets.US_ASCII).stream().map(Seal::parse).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new CorruptObjectException(
          "Cannot read the seal "
              + file
              + ": expected 'generation size crc32c', found something else. If you trust the object "
              + key
              + ", delete its seal.");
    } catch (IOException e) {
      if (Files.isRegularFile(file)) {
        throw e;
      }
      return List.of(); // a file where a folder should be: then there is no such key either
    }
  }

  /**
   * @param durable whether losing it in a power cut would make the object look corrupt; a seal that
   *     is lost altogether does not
   */
  void write(ObjectKey key, List<Seal> seals, boolean durable) throws IOException {
    Path file = folder.resolve(key.value());
    Files.createDirectories(file.getParent());
    String lines = String.join("\n", seals.stream().map(Seal::line).toList());
    byte[] bytes = lines.getBytes(StandardCharsets.US_ASCII);
    try (StagedFile staged = StagedFile.write(staging, new ByteArrayInputStream(bytes), durable)) {
      staged.moveTo(file);
    }
  }

  void delete(ObjectKey key) throws IOException {
    Files.deleteIfExists(folder.resolve(key.value()));
  }
}
