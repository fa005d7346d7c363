package app.mushroom.benchmarks.collecting;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers anything a little late and remembers when it was asked. */
final class ArrivalLog implements AutoCloseable {
  private static final long LATE_MILLIS = 30;

  private final HttpServer server;
  private final ExecutorService pool = Executors.newFixedThreadPool(8);
  private final List<Long> begun = new ArrayList<>();
  private final List<Long> ended = new ArrayList<>();

  /**
   * @param address of the loopback network
   */
  ArrivalLog(String address) throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 100);
    server.createContext("/", this::answer);
    server.setExecutor(pool);
    server.start();
  }

  InetSocketAddress socket() {
    return server.getAddress();
  }

  String address() {
    return socket().getAddress().getHostAddress();
  }

  URI root() {
    return URI.create("http://" + address() + ":" + socket().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    note(begun);
    try {
      Thread.sleep(LATE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean isRobots = exchange.getRequestURI().getPath().equals("/robots.txt");
    byte[] body = {'o', 'k'};
    // Before the answer: what the asker does upon it comes later, whatever the threads do here.
    note(ended);
    exchange.sendResponseHeaders(isRobots ? 404 : 200, isRobots ? -1 : body.length);
    if (!isRobots) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private synchronized void note(List<Long> times) {
    times.add(System.nanoTime());
  }

  /**
   * What servers saw.
   *
   * @param begun when requests came, in nanoseconds, ascending
   * @param atOnce most requests under way at a time
   */
  record Seen(List<Long> begun, int atOnce) {

    int requests() {
      return begun.size();
    }

    /** Most requests in any stretch of so many seconds. */
    int most(int seconds) {
      int most = 0;
      int first = 0;
      for (int last = 0; last < begun.size(); last++) {
        while (begun.get(last) - begun.get(first) >= seconds * 1_000_000_000L) {
          first++;
        }
        most = Math.max(most, last - first + 1);
      }
      return most;
    }

    /** Milliseconds between any two requests that follow each other. */
    double leastGap() {
      double least = Double.POSITIVE_INFINITY;
      for (int i = 1; i < begun.size(); i++) {
        least = Math.min(least, (begun.get(i) - begun.get(i - 1)) / 1e6);
      }
      return least;
    }
  }

  /** What several servers saw as if they were one. */
  static Seen together(List<ArrivalLog> logs) {
    List<Long> begun = new ArrayList<>();
    List<Long> ended = new ArrayList<>();
    for (ArrivalLog log : logs) {
      synchronized (log) {
        begun.addAll(log.begun);
        ended.addAll(log.ended);
      }
    }
    begun.sort(null);
    ended.sort(null);
    int atOnce = 0;
    int over = 0;
    for (int i = 0; i < begun.size(); i++) {
      while (over < ended.size() && ended.get(over) <= begun.get(i)) {
        over++;
      }
      atOnce = Math.max(atOnce, i + 1 - over);
    }
    return new Seen(List.copyOf(begun), atOnce);
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
