package app.mushroom.api.access;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Who asks, as far as fairness between callers needs to know. Never logged, never stored.
 *
 * @param name the same for all requests of one caller
 */
public record Caller(String name) {

  /**
   * Whoever holds the key that came with the request; without one, the address that the request
   * came from, as the container knows it, of IPv6 the /64.
   */
  public static Caller of(HttpServletRequest request) {
    return Grant.of(request).caller();
  }

  static Caller withKey(String name) {
    return new Caller("key " + name);
  }

  static Caller at(String address) {
    return new Caller("address " + Addresses.network(address));
  }
}
