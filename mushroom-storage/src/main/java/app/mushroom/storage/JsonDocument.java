package app.mushroom.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON documents in the store: UTF-8, {@code "schemaVersion": 1}, at most {@value #MAX_BYTES}
 * bytes. Unknown fields are ignored, an unknown version or a field given twice is refused.
 */
public final class JsonDocument {
  /** What a document may weigh, in bytes. */
  public static final int MAX_BYTES = 1_000_000;

  /** The version of every format this code reads and writes. */
  public static final int SCHEMA_VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .changeDefaultPropertyInclusion(
              included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private JsonDocument() {}

  /** The mapper behind the documents, for formats of one document a line. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** The document as people can read it: indented, fields in the order of the record. */
  public static byte[] write(Object document) {
    return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(document);
  }

  /**
   * Reads a document.
   *
   * @param what where the bytes come from, for the message
   * @throws UnreadableDocumentException if the bytes are not such a document of version 1
   */
  public static <T> T read(byte[] bytes, Class<T> type, String what) throws IOException {
    return read(MAPPER.reader(), bytes, type, what);
  }

  /**
   * Reads a document that an earlier release may have written: a number or a flag that it did not
   * know yet reads as 0 or false.
   *
   * @throws UnreadableDocumentException as {@link #read}
   */
  public static <T> T readOlder(byte[] bytes, Class<T> type, String what) throws IOException {
    ObjectReader lenient =
        MAPPER.reader().without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    return read(lenient, bytes, type, what);
  }

  private static <T> T read(ObjectReader reader, byte[] bytes, Class<T> type, String what)
      throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      JsonNode version = tree.path("schemaVersion");
      if (!version.isInt() || version.intValue() != SCHEMA_VERSION) {
        throw new UnreadableDocumentException(
            what,
            version.isMissingNode() ? "none" : version.toString(),
            "\"schemaVersion\": " + SCHEMA_VERSION,
            "Use the release of Mushroom App that wrote it, or write it anew with this one.");
      }
      return reader.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw new UnreadableDocumentException(what, type.getSimpleName(), e);
    }
  }
}
