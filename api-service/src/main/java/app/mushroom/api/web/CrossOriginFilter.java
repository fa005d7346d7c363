package app.mushroom.api.web;

import app.mushroom.api.ApiProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets the pages of listed origins read our answers. Everyone else gets no CORS header, and so no
 * browser hands them one. There are no cookies, so nothing is ever allowed with credentials.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class CrossOriginFilter extends OncePerRequestFilter {
  private static final String ONE_HOUR = "3600";

  private final Set<String> origins;
  private final JsonMapper json;

  CrossOriginFilter(ApiProperties properties, JsonMapper json) {
    this.origins = Set.copyOf(properties.corsOrigins());
    this.json = json;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    boolean allowed = origin != null && origins.contains(origin);
    if (allowed) {
      response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      response.setHeader(
          HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
          String.join(
              ", ",
              CorrelationId.HEADER,
              HttpHeaders.RETRY_AFTER,
              AccessFilter.RATE_LIMIT,
              AccessFilter.RATE_LIMIT_POLICY));
    }
    if (CorsUtils.isPreFlightRequest(request)) {
      answerPreflight(allowed, request, response);
      return;
    }
    chain.doFilter(request, response);
  }

  private void answerPreflight(
      boolean allowed, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AccessFilter.nameSender(request);
    if (allowed) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE");
      response.setHeader(
          HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
          String.join(
              ", ",
              HttpHeaders.CONTENT_TYPE,
              HttpHeaders.AUTHORIZATION,
              "Idempotency-Key",
              CorrelationId.HEADER,
              AccessFilter.KEY_HEADER,
              "X-Withdrawal-Token"));
      response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, ONE_HOUR);
      return;
    }
    Problem.CROSS_ORIGIN_REFUSED.write(
        "Add the page's origin to MUSHROOM_CORS_ORIGINS.", request, response, json);
  }
}
