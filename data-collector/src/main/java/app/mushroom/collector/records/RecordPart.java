package app.mushroom.collector.records;

import app.mushroom.storage.CorruptObjectException;
import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of one part of a log: a line that says how many records follow and their SHA-256, then
 * a record a line. So a part that was cut off or changed is told from a whole one wherever it was
 * copied to, also where the store's own checksums did not come along. Parts of before have no such
 * first line.
 */
final class RecordPart {
  private static final String HEAD = "{\"lines\":";
  private static final JsonMapper MAPPER = JsonDocument.mapper();

  private RecordPart() {}

  private record Head(int lines, String sha256) {}

  /**
   * @param lines each a record's JSON without a line feed
   */
  static byte[] write(List<String> lines) {
    String records = String.join("\n", lines) + "\n";
    String head =
        MAPPER.writeValueAsString(new Head(lines.size(), Sha256.of(bytes(records)))) + "\n";
    return bytes(head + records);
  }

  /**
   * The records of a part.
   *
   * @param what where the bytes come from, for the message
   * @throws CorruptObjectException if they are not those that were written
   */
  static List<String> read(byte[] part, String what) throws CorruptObjectException {
    String text = new String(part, StandardCharsets.UTF_8);
    if (!text.startsWith(HEAD)) {
      if (HEAD.startsWith(text)) {
        throw corrupt(what, "records", part.length + " bytes", null);
      }
      return lines(text);
    }
    int end = text.indexOf('\n') + 1;
    try {
      Head head = MAPPER.readValue(text.substring(0, end), Head.class);
      // A first line that we wrote is ASCII: as many bytes as characters.
      String found = Sha256.of(Arrays.copyOfRange(part, end, part.length));
      if (found.equals(head.sha256())) {
        return lines(text.substring(end));
      }
      throw corrupt(
          what, "records with the SHA-256 " + head.sha256() + " of the first line", found, null);
    } catch (JacksonException e) {
      throw corrupt(what, "a first line with the SHA-256 of the others", "half of one", e);
    }
  }

  private static CorruptObjectException corrupt(
      String what, String expected, String found, @Nullable Exception e) {
    CorruptObjectException corrupt =
        new CorruptObjectException(
            "Expected %s in %s, found %s: it was cut off or changed after it was written. Bring it back from a copy; or delete it, and what it stood for is collected again."
                .formatted(expected, what, found));
    if (e != null) {
      corrupt.initCause(e);
    }
    return corrupt;
  }

  private static List<String> lines(String text) {
    return Arrays.stream(text.split("\n", -1)).filter(line -> !line.isBlank()).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
