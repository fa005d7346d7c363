package app.mushroom.collector.source;

import app.mushroom.collector.fetch.WebAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Reads pages. */
final class Html {
  private static final Set<String> TYPES =
      Set.of("text/html", "application/xhtml+xml", "text/plain", "");

  private Html() {}

  /**
   * The page, in the encoding that it states itself, else UTF-8.
   *
   * @throws SourceException if something else came
   */
  static Document parse(WebAnswer answer, String expected) throws SourceException {
    @Nullable String type = answer.contentType();
    if (type != null && !TYPES.contains(type)) {
      throw new SourceException(
          "Expected %s from %s, found %s. Check the address."
              .formatted(expected, answer.address(), type));
    }
    try {
      return Jsoup.parse(
          new ByteArrayInputStream(answer.body()), null, answer.address().toString());
    } catch (IOException e) {
      throw JsonAnswer.unexpected(answer, expected, e);
    }
  }
}
