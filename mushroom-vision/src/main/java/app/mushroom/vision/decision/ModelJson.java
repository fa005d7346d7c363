package app.mushroom.vision.decision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the JSON documents of a model bundle. */
final class ModelJson {
  static final int SCHEMA_VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ModelJson() {}

  static <T> T read(Path file, Class<T> type) throws IOException {
    try (InputStream json = Files.newInputStream(file)) {
      return read(json, String.valueOf(file.getFileName()), type);
    }
  }

  static <T> T read(InputStream json, String name, Class<T> type) throws IOException {
    try {
      T document = MAPPER.readValue(json, type);
      if (document == null) {
        throw new InvalidModelFileException(
            "Expected a JSON object in " + name + ", found null", null);
      }
      return document;
    } catch (JacksonException e) {
      throw new InvalidModelFileException(
          name
              + " is not as docs/formats.md describes it"
              + place(e)
              + ": "
              + e.getOriginalMessage()
              + ". Publish the model again.",
          e);
    }
  }

  /** Where in the document, such as {@code , at labels.3.genus}. */
  private static String place(JacksonException e) {
    return e.getPath().isEmpty()
        ? ""
        : e.getPath().stream()
            .map(
                step ->
                    step.getPropertyName() == null ? "" + step.getIndex() : step.getPropertyName())
            .collect(Collectors.joining(".", ", at ", ""));
  }

  static byte[] write(Object document) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
  }

  /** On one line, for documents with many numbers. */
  static byte[] compact(Object document) {
    return MAPPER.writeValueAsBytes(document);
  }

  /** A field that JSON may lack whatever Java's types say. */
  static <T> T require(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("expected " + field + ", found nothing");
    }
    return value;
  }

  static void requireVersion(int schemaVersion) {
    if (schemaVersion != SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "expected schemaVersion " + SCHEMA_VERSION + ", found " + schemaVersion);
    }
  }
}
