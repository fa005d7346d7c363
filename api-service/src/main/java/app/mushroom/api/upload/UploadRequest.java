package app.mushroom.api.upload;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * A request whose parts were read into memory. The container's own reading of them goes over the
 * disk and looks at every byte for the boundary: for a camera file of 3 MB that is a sixth of all
 * processor time of its answer.
 */
public final class UploadRequest extends HttpServletRequestWrapper {
  /** Longest body that is read into memory; the container reads longer ones. */
  static final int LONGEST = 8_000_000;

  /** All parts without a file name together, in bytes. */
  static final int MOST_TEXT = 65_536;

  private final List<Part> parts;
  private final Map<String, String[]> parameters;

  private UploadRequest(HttpServletRequest request, byte[] body, String boundary) {
    super(request);
    List<UploadedPart> read =
        MultipartBody.read(body, boundary).stream()
            .map(section -> UploadedPart.of(body, section))
            .toList();
    this.parts = List.copyOf(read);
    long textBytes = read.stream().filter(part -> !part.isFile()).mapToLong(Part::getSize).sum();
    if (textBytes > MOST_TEXT) {
      throw new InvalidUploadException("Expected texts of at most " + MOST_TEXT + " bytes");
    }
    Map<String, List<String>> texts = new LinkedHashMap<>();
    query(request.getQueryString()).forEach((name, values) -> add(texts, name, values));
    read.stream()
        .filter(part -> !part.isFile())
        .forEach(part -> add(texts, part.getName(), List.of(part.text())));
    Map<String, String[]> arrays = new LinkedHashMap<>();
    texts.forEach((name, values) -> arrays.put(name, values.toArray(String[]::new)));
    this.parameters = Collections.unmodifiableMap(arrays);
  }

  /**
   * Reads the parts of a request that says how long it is, and is not too long for that. It takes
   * that much memory at once, so there must be {@link UploadMemory.Room} for it.
   *
   * @return empty if it is left to the container; nothing was read of it then
   * @throws InvalidUploadException if the body is not what it says to be
   */
  public static Optional<HttpServletRequest> read(HttpServletRequest request) throws IOException {
    long length = request.getContentLengthLong();
    Optional<String> boundary = boundary(request.getContentType());
    if (length < 0 || length > LONGEST || boundary.isEmpty()) {
      return Optional.empty();
    }
    byte[] body = body(request.getInputStream(), (int) length);
    return Optional.of(new UploadRequest(request, body, boundary.get()));
  }

  private static Optional<String> boundary(@Nullable String contentType) {
    if (contentType == null) {
      return Optional.empty();
    }
    try {
      MediaType type = MediaType.parseMediaType(contentType);
      String boundary = type.getParameter("boundary");
      return MediaType.MULTIPART_FORM_DATA.equalsTypeAndSubtype(type) && boundary != null
          ? Optional.of(unquoted(boundary)).filter(b -> !b.isEmpty() && b.length() <= 70)
          : Optional.empty();
    } catch (InvalidMediaTypeException e) {
      return Optional.empty();
    }
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static byte[] body(InputStream in, int length) throws IOException {
    byte[] body = new byte[length];
    int read = 0;
    while (read < length) {
      int more = in.read(body, read, length - read);
      if (more < 0) {
        throw new InvalidUploadException("Expected " + length + " bytes, found " + read);
      }
      read += more;
    }
    return body;
  }

  private static Map<String, List<String>> query(@Nullable String query) {
    if (query == null) {
      return Map.of();
    }
    Map<String, List<String>> decoded = new LinkedHashMap<>();
    UriComponentsBuilder.newInstance()
        .query(query)
        .build()
        .getQueryParams()
        .forEach(
            (name, values) ->
                add(
                    decoded,
                    decode(name),
                    values.stream().map(value -> value == null ? "" : decode(value)).toList()));
    return decoded;
  }

  private static String decode(String text) {
    try {
      return UriUtils.decode(text.replace('+', ' '), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidUploadException("Expected a query of percent-encoded characters");
    }
  }

  private static void add(Map<String, List<String>> to, String name, List<String> values) {
    to.computeIfAbsent(name, n -> new ArrayList<>()).addAll(values);
  }

  @Override
  public Collection<Part> getParts() {
    return parts;
  }

  @Override
  public @Nullable Part getPart(String name) {
    return parts.stream().filter(part -> part.getName().equals(name)).findFirst().orElse(null);
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return parameters;
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values.clone();
  }
}
