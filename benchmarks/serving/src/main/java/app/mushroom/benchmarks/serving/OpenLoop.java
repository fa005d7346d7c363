package app.mushroom.benchmarks.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Requests that come when they come, however long the last ones take: a Poisson process. Times
 * count from when a request was due, not from when a connection was free for it, so that a slow
 * server cannot hide (Schroeder, Wierman and Harchol-Balter: Open versus closed, NSDI 2006).
 */
final class OpenLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private OpenLoop() {}

  /**
   * @param seconds in which the requests were due
   * @param accepted times of answers of status 200
   * @param statuses answers by status, 0 for none
   * @param withoutRetryAfter refusals (429, 503) that do not say when to come back
   */
  record Result(
      int sent,
      double seconds,
      Latencies accepted,
      Latencies refused,
      Map<Integer, Integer> statuses,
      int withoutRetryAfter) {
    double goodput() {
      return accepted.count() / seconds;
    }

    int count(int status) {
      return statuses.getOrDefault(status, 0);
    }
  }

  private record Arrival(long due, int photo) {}

  /**
   * @param perSecond mean rate
   * @param connections most requests under way; beyond it they wait, and the wait counts
   * @param seed of the times between requests
   */
  static Result run(
      int port,
      String path,
      List<Upload> photos,
      double perSecond,
      Duration time,
      int connections,
      long seed)
      throws InterruptedException {
    LinkedBlockingQueue<Arrival> due = new LinkedBlockingQueue<>();
    List<Long> accepted = new ArrayList<>();
    List<Long> refused = new ArrayList<>();
    Map<Integer, Integer> statuses = new TreeMap<>();
    int[] withoutRetryAfter = {0};
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    for (int client = 0; client < connections; client++) {
      int number = client;
      threads.submit(
          () -> {
            try (Connection connection = new Connection(port, number, PATIENCE)) {
              while (true) {
                Arrival arrival = due.take();
                if (arrival.photo() < 0) {
                  return null;
                }
                Answer answer =
                    connection.post(
                        path,
                        photos.get(arrival.photo() % photos.size()),
                        ClosedLoop.NUMBER.incrementAndGet());
                long took = System.nanoTime() - arrival.due();
                synchronized (statuses) {
                  statuses.merge(answer.status(), 1, Integer::sum);
                  (answer.status() == 200 ? accepted : refused).add(took);
                  if ((answer.status() == 503 || answer.status() == 429) && !answer.retryAfter()) {
                    withoutRetryAfter[0]++;
                  }
                }
              }
            }
          });
    }
    Random random = new Random(seed);
    long begin = System.nanoTime();
    int sent = 0;
    double at = 0;
    while (true) {
      at -= Math.log(1 - random.nextDouble()) / perSecond * 1e9;
      if (at >= time.toNanos()) {
        break;
      }
      long dueAt = begin + (long) at;
      long wait = dueAt - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      due.add(new Arrival(dueAt, sent++));
    }
    for (int client = 0; client < connections; client++) {
      due.add(new Arrival(0, -1));
    }
    threads.shutdown();
    if (!threads.awaitTermination(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      threads.shutdownNow();
    }
    synchronized (statuses) {
      return new Result(
          sent,
          time.toNanos() / 1e9,
          new Latencies(accepted.stream().mapToLong(n -> n).toArray()),
          new Latencies(refused.stream().mapToLong(n -> n).toArray()),
          new TreeMap<>(statuses),
          withoutRetryAfter[0]);
    }
  }

  /** A connection cannot be made from some addresses on some systems; better to know at once. */
  static void requireLoopbackAddresses(int port) throws IOException {
    try (Connection connection = new Connection(port, 300, PATIENCE)) {
      if (connection.get("/").status() == 0) {
        throw new IOException(
            "Expected to connect from 127.1.1.47, found that it is not possible.");
      }
    }
  }
}
