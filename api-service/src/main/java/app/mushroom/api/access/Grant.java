package app.mushroom.api.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/**
 * What a request may do, decided before it is answered.
 *
 * @param keyName what whoever runs the service called its key; empty without one
 * @param scopes that its key has; none without a key
 */
public record Grant(Caller caller, Optional<String> keyName, Set<Scope> scopes) {
  private static final String ATTRIBUTE = Grant.class.getName();

  /** That of a request that nobody decided about is that of anybody. */
  public static Grant of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Grant grant
        ? grant
        : anonymous(request.getRemoteAddr());
  }

  static Grant anonymous(String address) {
    return new Grant(Caller.at(address), Optional.empty(), Set.of());
  }

  public void attachTo(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  public boolean allows(Scope scope) {
    return scopes.contains(scope);
  }

  /**
   * @throws ScopeMissingException if the request came without a key of that scope
   */
  public void require(Scope scope) {
    if (!allows(scope)) {
      throw new ScopeMissingException(scope, keyName.isPresent());
    }
  }
}
