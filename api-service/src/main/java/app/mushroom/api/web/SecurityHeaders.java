package app.mushroom.api.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/**
 * The headers that every answer carries, errors included. The page's nginx says the same ones; a
 * test compares both lists.
 */
final class SecurityHeaders {
  static final String POLICY = "Content-Security-Policy";
  static final String CACHE_CONTROL = "Cache-Control";

  static final Map<String, String> ALL =
      Map.of(
          POLICY,
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
              + " connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none';"
              + " form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(),"
              + " gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
          CACHE_CONTROL,
          "no-store");

  /** Swagger UI draws with data: images and sends forms to itself; it is not behind nginx. */
  private static final String SWAGGER_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src"
          + " 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors"
          + " 'none'";

  private static final String SWAGGER = "/swagger-ui";

  private SecurityHeaders() {}

  /** Static files replace {@code Cache-Control} with their own. */
  static void addTo(HttpServletResponse response) {
    ALL.forEach(response::setHeader);
  }

  static void addTo(HttpServletRequest request, HttpServletResponse response) {
    addTo(response);
    if (request.getRequestURI().startsWith(SWAGGER)) {
      response.setHeader(POLICY, SWAGGER_POLICY);
    }
  }
}
