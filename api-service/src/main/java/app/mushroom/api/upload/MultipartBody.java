package app.mushroom.api.upload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes the body of a {@code multipart/form-data} request apart, as RFC 2046 section 5.1 and RFC
 * 7578 describe it, but stricter: nothing may stand before the first part.
 */
final class MultipartBody {
  static final int MOST_PARTS = 16;
  private static final int LONGEST_HEADER = 2048;
  private static final byte[] HEADER_END = {'\r', '\n', '\r', '\n'};

  private final byte[] body;
  private final byte[] delimiter;
  private final int[] shifts = new int[256];

  /**
   * One part.
   *
   * @param headers by name in lower case
   * @param from where its content begins in the body
   * @param to where it ends
   */
  record Section(Map<String, String> headers, int from, int to) {}

  private MultipartBody(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    java.util.Arrays.fill(shifts, delimiter.length);
    for (int i = 0; i < delimiter.length - 1; i++) {
      shifts[delimiter[i] & 0xFF] = delimiter.length - 1 - i;
    }
  }

  /**
   * @param boundary 1 to 70 characters
   * @throws InvalidUploadException if the body is anything else, or has more than 16 parts
   */
  static List<Section> read(byte[] body, String boundary) {
    return new MultipartBody(body, boundary).sections();
  }

  private List<Section> sections() {
    // The first delimiter has no line end before it.
    if (!matches(0, 2)) {
      throw new InvalidUploadException("Expected the boundary at the start of the body");
    }
    List<Section> sections = new ArrayList<>();
    int at = delimiter.length - 2;
    while (!isEnd(at)) {
      if (sections.size() == MOST_PARTS) {
        throw new InvalidUploadException("Expected at most " + MOST_PARTS + " parts");
      }
      int headers = lineEnd(at);
      Section section = section(headers);
      sections.add(section);
      at = section.to() + delimiter.length;
    }
    return List.copyOf(sections);
  }

  private boolean isEnd(int at) {
    return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
  }

  /** Where the line behind a delimiter begins. */
  private int lineEnd(int from) {
    int at = from;
    while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
      at++;
    }
    if (at + 1 >= body.length || body[at] != '\r' || body[at + 1] != '\n') {
      throw new InvalidUploadException("Expected a line end behind a boundary");
    }
    return at + 2;
  }

  private Section section(int from) {
    // Headers end with an empty line; a part without any begins with it.
    int end = endOfHeaders(from - 2);
    Map<String, String> headers = headers(from, end);
    int content = end + HEADER_END.length;
    int to = find(content);
    if (to < 0) {
      throw new InvalidUploadException("Expected a boundary behind the last part");
    }
    return new Section(headers, content, to);
  }

  private int endOfHeaders(int from) {
    int last = Math.min(body.length - HEADER_END.length, from + LONGEST_HEADER);
    for (int at = from; at <= last; at++) {
      if (body[at] == '\r'
          && body[at + 1] == '\n'
          && body[at + 2] == '\r'
          && body[at + 3] == '\n') {
        return at;
      }
    }
    throw new InvalidUploadException(
        "Expected part headers of at most " + LONGEST_HEADER + " bytes and an empty line");
  }

  private Map<String, String> headers(int from, int end) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (end <= from) {
      return headers;
    }
    String text = new String(body, from, end - from, StandardCharsets.UTF_8);
    for (String line : text.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon < 1 || line.indexOf('\0') >= 0) {
        throw new InvalidUploadException("Expected part headers of the form 'name: value'");
      }
      headers.putIfAbsent(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return headers;
  }

  /**
   * Where the next delimiter begins, or -1. Horspool's search (Practical fast searching in strings,
   * 1980): it looks at one byte in as many as the delimiter is long.
   */
  private int find(int from) {
    int last = delimiter.length - 1;
    for (int at = from; at + last < body.length; ) {
      if (body[at + last] == delimiter[last] && matches(at, 0)) {
        return at;
      }
      at += shifts[body[at + last] & 0xFF];
    }
    return -1;
  }

  /**
   * @param skip how many bytes of the delimiter are left out at its start
   */
  private boolean matches(int at, int skip) {
    int length = delimiter.length - skip;
    return at >= 0
        && at + length <= body.length
        && java.util.Arrays.equals(body, at, at + length, delimiter, skip, delimiter.length);
  }
}
