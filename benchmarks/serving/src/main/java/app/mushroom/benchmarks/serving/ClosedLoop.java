package app.mushroom.benchmarks.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that each send the next photograph as soon as the last one is answered. */
final class ClosedLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Numbers every sending of this program. */
  static final AtomicLong NUMBER = new AtomicLong(System.nanoTime());

  private ClosedLoop() {}

  /**
   * @param perSecond answers of status 200
   * @param failed answers of another status, or none
   * @param perClient answers that each client got
   */
  record Result(double perSecond, Latencies latencies, int failed, List<Integer> perClient) {

    /** Answers of the client that got fewest, to those of the one that got most. */
    double fairness() {
      int most = perClient.stream().mapToInt(Integer::intValue).max().orElse(0);
      int fewest = perClient.stream().mapToInt(Integer::intValue).min().orElse(0);
      return most == 0 ? 0 : (double) fewest / most;
    }
  }

  private record Client(List<Long> nanos, int failed) {}

  static Result run(int port, String path, List<Upload> photos, int clients, Duration time)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      long begin = System.nanoTime();
      long end = begin + time.toNanos();
      List<Future<Client>> running = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int number = client;
        running.add(threads.submit(() -> client(port, path, photos, number, end)));
      }
      List<Client> done = new ArrayList<>();
      for (Future<Client> each : running) {
        done.add(each.get());
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      long[] all =
          done.stream().flatMap(client -> client.nanos().stream()).mapToLong(n -> n).toArray();
      return new Result(
          all.length / seconds,
          new Latencies(all),
          done.stream().mapToInt(Client::failed).sum(),
          done.stream().map(client -> client.nanos().size()).toList());
    } catch (ExecutionException e) {
      throw new IOException("A client of the benchmark failed", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Client client(int port, String path, List<Upload> photos, int client, long end)
      throws IOException {
    List<Long> nanos = new ArrayList<>();
    int failed = 0;
    try (Connection connection = new Connection(port, client, PATIENCE)) {
      // Clients begin at different photos, or all would send large ones at the same time.
      for (int next = client * 3; System.nanoTime() < end; next++) {
        long sent = System.nanoTime();
        Answer answer =
            connection.post(path, photos.get(next % photos.size()), NUMBER.incrementAndGet());
        if (answer.status() == 200) {
          nanos.add(System.nanoTime() - sent);
        } else {
          failed++;
        }
      }
    }
    return new Client(nanos, failed);
  }
}
