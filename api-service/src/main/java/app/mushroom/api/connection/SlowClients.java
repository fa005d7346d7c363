package app.mushroom.api.connection;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.DaemonThreads;
import app.mushroom.api.connection.ClientConnection.Cut;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Cuts off who sends a request too slowly, since a thread waits for each body, and whose uploads
 * together take too much room. Tomcat's own timeouts begin anew with each byte.
 */
@Component
class SlowClients implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  /** An answered request may be passed over for so many times the patience. */
  private static final int SWALLOWING = 6;

  private static final long LOOK_EVERY_MILLIS = 250;

  /** When threads are short, patience is. */
  private static final int PRESSED = 5;

  /** Share of the threads that wait for bodies. */
  private static final double PRESSED_FROM = 0.75;

  /** A request of which a part is still to come. */
  private record Incoming(SocketWrapperBase<?> socket, WatchedProcessor request) {}

  /** What each request's own thread does first. */
  private static final class Begin extends ValveBase {
    private Begin() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      WatchedProcessor processor = WatchedProcessor.ofThisThread();
      if (processor != null) {
        processor.begins();
      }
      getNext().invoke(request, response);
    }
  }

  private static final Logger log = LoggerFactory.getLogger(SlowClients.class);

  private final ApiProperties.Clients settings;
  private final Set<WatchedProtocol> protocols = ConcurrentHashMap.newKeySet();
  private final Counter slow;
  private final Counter crowded;
  private final ScheduledExecutorService watch = DaemonThreads.timer("slow-clients");

  SlowClients(ApiProperties properties, MeterRegistry meters) {
    settings = properties.clients();
    slow = cut(meters, "slow");
    crowded = cut(meters, "room");
    Gauge.builder("mushroom.uploads.bytes", this, SlowClients::uploadedBytes)
        .description("Of requests that are being received or answered")
        .register(meters);
    var unused =
        watch.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Counter cut(MeterRegistry meters, String reason) {
    return Counter.builder("mushroom.uploads.cut")
        .description("Requests that were cut off while they came in")
        .tag("reason", reason)
        .register(meters);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setProtocol(WatchedProtocol.class.getName());
    factory.addEngineValves(new Begin());
    factory.addConnectorCustomizers(
        connector -> {
          if (connector.getProtocolHandler() instanceof WatchedProtocol protocol) {
            protocols.add(protocol);
          }
        });
  }

  private void look() {
    try {
      protocols.forEach(this::cutSlow);
      cutCrowd();
    } catch (RuntimeException | Error e) { // else nobody would ever look again
      log.error("Slow clients could not be looked for this time", e);
    }
  }

  private void cutSlow(WatchedProtocol protocol) {
    long now = System.nanoTime();
    protocol.underWay().keySet().removeIf(SocketWrapperBase::isClosed);
    List<Incoming> incomplete = incomplete(protocol).toList();
    long waiting = incomplete.stream().filter(in -> in.request().isServing()).count();
    boolean pressed = waiting >= PRESSED_FROM * protocol.getMaxThreads();
    long patience = settings.patience().toNanos() / (pressed ? PRESSED : 1);
    for (Incoming in : incomplete) {
      long age = in.request().ageNanos(now);
      double expected = settings.leastRate().toBytes() * (age / 1e9);
      boolean slow = !in.request().isServing() || in.request().receivedBytes() < expected;
      // Of one that was answered before it was read, nobody counts the rest.
      boolean answered = in.request().isAnswered();
      if (answered ? age > SWALLOWING * patience : age > patience && slow) {
        cut(in, Cut.SLOW);
      }
    }
  }

  /** The largest that are still coming in go first. */
  private void cutCrowd() {
    long excess = uploadedBytes() - settings.uploads().toBytes();
    if (excess <= 0) {
      return;
    }
    List<Incoming> largestFirst =
        protocols.stream()
            .flatMap(SlowClients::incomplete)
            .sorted(Comparator.comparingLong(in -> -in.request().receivedBytes()))
            .toList();
    for (Incoming in : largestFirst) {
      if (excess > 0) {
        excess -= in.request().receivedBytes();
        cut(in, Cut.ROOM);
      }
    }
  }

  private void cut(Incoming in, Cut reason) {
    in.request().cut(in.socket(), reason);
    (reason == Cut.SLOW ? slow : crowded).increment();
  }

  private static Stream<Incoming> incomplete(WatchedProtocol protocol) {
    return protocol.underWay().entrySet().stream()
        .map(entry -> new Incoming(entry.getKey(), entry.getValue()))
        .filter(in -> in.request().isIncomplete() && in.request().cut().isEmpty());
  }

  private long uploadedBytes() {
    return protocols.stream()
        .flatMap(protocol -> protocol.underWay().values().stream())
        .mapToLong(WatchedProcessor::receivedBytes)
        .sum();
  }

  @PreDestroy
  void close() {
    watch.shutdownNow();
  }
}
