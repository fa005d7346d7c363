package app.mushroom.api.web;

import app.mushroom.api.access.Grant;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * One line a request: what was asked for, by the route's pattern, and what came of it. Never a path
 * as it came, a query, a header, a name or an address, since people put anything into these. The
 * files of the page are told at debug only.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class RequestLog extends OncePerRequestFilter {
  private static final Logger log = LoggerFactory.getLogger("app.mushroom.api.requests");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final String PAGE = "/**";
  private static final String NO_ROUTE = "-";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long since = System.nanoTime();
    boolean threw = true;
    try {
      chain.doFilter(request, response);
      threw = false;
    } finally {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
      write(request, threw ? 500 : response.getStatus(), millis);
    }
  }

  private static void write(HttpServletRequest request, int status, long millis) {
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER";
    String route = route(request);
    String problem =
        Problem.of(request).map(found -> found.name().toLowerCase(Locale.ROOT)).orElse("");
    boolean quiet = status < 400 && (route.equals(PAGE) || route.equals("/"));
    LoggingEventBuilder line =
        log.atLevel(quiet ? Level.DEBUG : Level.INFO)
            .addKeyValue("http.request.method", method)
            .addKeyValue("http.route", route)
            .addKeyValue("http.response.status_code", status)
            .addKeyValue("millis", millis);
    if (!problem.isEmpty()) {
      line = line.addKeyValue("problem", problem);
    }
    Optional<String> key = Grant.of(request).keyName();
    if (key.isPresent()) {
      line = line.addKeyValue("key", key.get());
    }
    line.log("{} {} {} {} ms {}", method, route, status, millis, problem);
  }

  /** The pattern that matched, as this program wrote it. */
  private static String route(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? NO_ROUTE : pattern.toString();
  }
}
