package app.mushroom.api.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** The headers that every answer carries, errors included. */
final class SecurityHeaders {
  private static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none';"
              + " form-action 'self'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Permissions-Policy",
          "geolocation=(), microphone=()",
          "Cache-Control",
          "no-store");

  private SecurityHeaders() {}

  /** Static files replace {@code Cache-Control} with their own. */
  static void addTo(HttpServletResponse response) {
    ALL.forEach(response::setHeader);
  }
}
