package app.mushroom.api.access;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Who asks, as far as fairness between callers needs to know. Never logged, never stored.
 *
 * @param name the same for all requests of one caller
 */
public record Caller(String name) {

  /** The address that the request came from, as the container knows it. */
  public static Caller of(HttpServletRequest request) {
    return new Caller(request.getRemoteAddr());
  }
}
