package app.mushroom.collector.source;

import app.mushroom.collector.fetch.WebAnswer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON that others made: what is there, however it is written. */
final class JsonAnswer {
  private static final int SHOWN_CHARS = 80;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonAnswer() {}

  /**
   * @param expected what should have come, for the message: {@code a page of observations}
   * @throws SourceException if the answer is not one JSON object
   */
  static JsonNode object(WebAnswer answer, String expected) throws SourceException {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(answer.body());
    } catch (JacksonException e) {
      throw unexpected(answer, expected, e);
    }
    if (!tree.isObject()) {
      throw unexpected(answer, expected, null);
    }
    return tree;
  }

  /** What to throw for an answer that is something else. */
  static SourceException unexpected(WebAnswer answer, String expected, @Nullable Throwable cause) {
    String message =
        "Expected %s from %s, found %s. Try later; if it stays so, the source has changed and the collector must follow."
            .formatted(expected, answer.address(), shown(answer.body()));
    return cause == null ? new SourceException(message) : new SourceException(message, cause);
  }

  /** Parses a text of JSON; null where it is no object. */
  static @Nullable JsonNode objectOrNull(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return tree.isObject() ? tree : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /** A text or a number as text, without blanks around it; null where there is none. */
  static @Nullable String text(JsonNode node) {
    String text =
        node.isString() ? node.stringValue().strip() : node.isNumber() ? number(node) : "";
    return text.isEmpty() ? null : text;
  }

  private static String number(JsonNode node) {
    return node.isIntegralNumber() ? node.bigIntegerValue().toString() : node.toString();
  }

  /** A whole number of 0 or more, also when it is written as text; null where there is none. */
  static @Nullable Long count(JsonNode node) {
    String text = text(node);
    return text != null && text.matches("[0-9]{1,18}") ? (Long) Long.parseLong(text) : null;
  }

  private static String shown(byte[] body) {
    if (body.length == 0) {
      return "nothing";
    }
    String text =
        new String(body, 0, Math.min(body.length, 4 * SHOWN_CHARS), StandardCharsets.UTF_8);
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() > SHOWN_CHARS ? line.substring(0, SHOWN_CHARS) + "…" : line;
  }
}
