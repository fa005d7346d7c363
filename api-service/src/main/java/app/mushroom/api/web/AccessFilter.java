package app.mushroom.api.web;

import app.mushroom.api.access.Caller;
import app.mushroom.api.access.Decision;
import app.mushroom.api.access.Gate;
import app.mushroom.api.access.Remaining;
import app.mushroom.api.connection.ClientConnection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks for a key where one is needed, and counts what makes work, before a body is read. A key is
 * taken from a header only: addresses end up in logs.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
class AccessFilter extends OncePerRequestFilter {
  static final String KEY_HEADER = "X-API-Key";
  static final String RATE_LIMIT = "RateLimit";
  static final String RATE_LIMIT_POLICY = "RateLimit-Policy";

  /** The name under which Kindwise's clients send theirs. */
  private static final String OTHER_KEY_HEADER = "Api-Key";

  private static final String BEARER = "bearer ";
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Gate gate;
  private final JsonMapper json;

  AccessFilter(Gate gate, JsonMapper json) {
    this.gate = gate;
    this.json = json;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Decision decision = gate.admit(key(request), request.getRemoteAddr(), works(request));
    if (decision instanceof Decision.Admitted admitted) {
      tell(admitted.remaining(), response);
      admitted.grant().attachTo(request);
      nameSender(request);
      chain.doFilter(request, response);
      return;
    }
    nameSender(request);
    refuse(decision, request, response);
  }

  /** The holder of the key, or the address; also of what is refused, whose body still comes in. */
  static void nameSender(HttpServletRequest request) {
    ClientConnection.current().ifPresent(connection -> connection.isOf(Caller.of(request)));
  }

  /**
   * Whatever is not plain reading, and heatmaps, which the network draws. By the path as the
   * container decoded it, so that no way of writing it gets around this.
   */
  private static boolean works(HttpServletRequest request) {
    return !READING.contains(request.getMethod())
        ? !request.getMethod().equals("DELETE")
        : request.getServletPath().endsWith("/heatmap");
  }

  private static Optional<String> key(HttpServletRequest request) {
    String key = request.getHeader(KEY_HEADER);
    if (key == null) {
      key = request.getHeader(OTHER_KEY_HEADER);
    }
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (key == null
        && authorization != null
        && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      key = authorization.substring(BEARER.length());
    }
    return Optional.ofNullable(key).map(String::strip);
  }

  private static void tell(List<Remaining> remaining, HttpServletResponse response) {
    if (!remaining.isEmpty()) {
      response.setHeader(
          RATE_LIMIT_POLICY,
          remaining.stream().map(Remaining::policy).collect(Collectors.joining(", ")));
      response.setHeader(
          RATE_LIMIT, remaining.stream().map(Remaining::state).collect(Collectors.joining(", ")));
    }
  }

  private void refuse(Decision decision, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (decision instanceof Decision.QuotaSpent spent) {
      tell(spent.remaining(), response);
      long seconds = Math.max(1, spent.retryAfter().toSeconds());
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
      Problem.QUOTA_SPENT.write(
          "Expected no more requests than "
              + spent.remaining().stream()
                  .map(limit -> limit.quota() + " a " + limit.name())
                  .collect(Collectors.joining(" and "))
              + ", found one more. Try again in "
              + seconds
              + " seconds.",
          request,
          response,
          json);
    } else if (decision instanceof Decision.ScopeMissing missing) {
      Problem.SCOPE_MISSING.write(
          "Expected a key with the scope '" + missing.scope() + "', found one without it.",
          request,
          response,
          json);
    } else {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      Problem.KEY_REQUIRED.write(
          decision instanceof Decision.UnknownKey
              ? "Expected a key that this service knows in the header X-API-Key, found another."
              : "Expected a key in the header X-API-Key, found none. Ask whoever runs this service"
                  + " for one; a key in the address is never read, since addresses are logged.",
          request,
          response,
          json);
    }
  }
}
