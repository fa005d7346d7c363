package app.mushroom.api.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The name under which a request is found in the logs. A caller may bring its own. */
final class CorrelationId {
  static final String HEADER = "X-Correlation-Id";

  private static final String ATTRIBUTE = CorrelationId.class.getName();
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{8,64}");

  private CorrelationId() {}

  static String of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String brought = request.getHeader(HEADER);
    String id =
        brought != null && ACCEPTED.matcher(brought).matches()
            ? brought
            : UUID.randomUUID().toString();
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }
}
