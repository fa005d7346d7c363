package app.mushroom.api.web;

import app.mushroom.api.ApiProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first thing that stops. Readiness is down by then; for a while requests are still answered,
 * each on a connection that is closed after it, so that load moves elsewhere before the port does
 * not answer any more.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class GracefulStop extends OncePerRequestFilter implements SmartLifecycle {
  private final Duration linger;
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile boolean running;
  private volatile boolean stopping;

  GracefulStop(ApiProperties properties) {
    this.linger = properties.clients().linger();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (stopping) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    chain.doFilter(request, response);
  }

  @Override
  public void start() {
    running = true;
    stopping = false;
  }

  @Override
  public void stop() {
    stopping = true;
    try {
      var unused = never.await(linger.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the container, which stops last but one. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
