package app.mushroom.benchmarks.collecting;

import app.mushroom.collector.fetch.AddressGuard;
import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.HostRules;
import app.mushroom.collector.fetch.HttpWeb;
import app.mushroom.collector.fetch.MirroredWeb;
import app.mushroom.collector.fetch.QuotaMemory;
import app.mushroom.collector.fetch.UserAgent;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Asks stand-ins of the sources' hosts for as much as they will give, with the hosts' real rules,
 * and says what each of them saw.
 */
@Command(name = "politeness")
final class PolitenessCommand implements Callable<Integer> {
  private static final int ASKERS = 4;

  @Option(names = "--seconds")
  private int seconds = 90;

  /**
   * What a host may see at most.
   *
   * @param aSecond requests in any second
   * @param atOnce requests under way
   */
  private record Limits(boolean api, int aSecond, int atOnce) {}

  /** As docs and HostRules state them; hosts of one operator share one allowance. */
  private static final Map<String, Limits> HOSTS = new LinkedHashMap<>();

  static {
    HOSTS.put("api.inaturalist.org", new Limits(true, 1, 1));
    HOSTS.put("static.inaturalist.org", new Limits(false, 2, 2));
    HOSTS.put("inaturalist-open-data.s3.amazonaws.com", new Limits(false, 2, 2));
    HOSTS.put("api.gbif.org", new Limits(true, 2, 1));
    HOSTS.put("commons.wikimedia.org", new Limits(true, 1, 1));
    HOSTS.put("upload.wikimedia.org", new Limits(false, 1, 1));
    HOSTS.put("any.example.org", new Limits(false, 1, 1));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, ArrivalLog> servers = new LinkedHashMap<>();
    int number = 2;
    for (String host : HOSTS.keySet()) {
      // An address for each, so that rules can tell them apart as they do hosts.
      servers.put(host, new ArrivalLog("127.0.0." + number++));
    }
    Map<String, String> names =
        servers.entrySet().stream()
            .collect(Collectors.toMap(entry -> entry.getValue().address(), Map.Entry::getKey));
    try (HttpWeb direct =
        new HttpWeb(
            new UserAgent("benchmark", "benchmarks@example.org"),
            AddressGuard.permitting(
                servers.values().stream()
                    .map(ArrivalLog::socket)
                    .toArray(InetSocketAddress[]::new)),
            address -> HostRules.of(names.getOrDefault(address, address)),
            new Random(1),
            QuotaMemory.NONE)) {
      Map<String, URI> mirrors =
          servers.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().root()));
      ask(new MirroredWeb(direct, mirrors));
    }
    boolean kept = print(servers);
    servers.values().forEach(ArrivalLog::close);
    return kept ? 0 : 1;
  }

  private void ask(Web web) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    ExecutorService pool = Executors.newFixedThreadPool(ASKERS * HOSTS.size());
    for (Map.Entry<String, Limits> host : HOSTS.entrySet()) {
      for (int asker = 0; asker < ASKERS; asker++) {
        int first = asker;
        pool.execute(
            () -> {
              for (int i = first; System.nanoTime() < end; i += ASKERS) {
                URI address = URI.create("https://" + host.getKey() + "/" + i);
                ask(
                    web,
                    host.getValue().api()
                        ? WebRequest.api(address)
                        : WebRequest.photo(address, null));
              }
            });
      }
    }
    pool.shutdown();
    pool.awaitTermination(seconds + 60, TimeUnit.SECONDS);
  }

  private static void ask(Web web, WebRequest request) {
    try {
      web.get(request);
    } catch (FetchException e) {
      throw new IllegalStateException("Expected an answer to " + request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean print(Map<String, ArrivalLog> servers) {
    System.out.println(
        "| host | requests | most in 1 s | allowed | most in 60 s | allowed | most at once | allowed | least gap, ms |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    boolean kept = true;
    Map<String, List<ArrivalLog>> groups = new LinkedHashMap<>();
    Map<String, Limits> limits = new LinkedHashMap<>();
    servers.forEach(
        (host, log) -> {
          String group = HostRules.of(host).group();
          groups.computeIfAbsent(group, name -> new ArrayList<>()).add(log);
          limits.put(group, HOSTS.get(host));
        });
    for (Map.Entry<String, List<ArrivalLog>> group : groups.entrySet()) {
      Limits limit = Objects.requireNonNull(limits.get(group.getKey()));
      ArrivalLog.Seen seen = ArrivalLog.together(group.getValue());
      int aMinute = 60 * limit.aSecond();
      kept &=
          seen.most(1) <= limit.aSecond()
              && seen.most(60) <= aMinute
              && seen.atOnce() <= limit.atOnce()
              // Limits that nothing comes near of were not tried.
              && seen.requests() >= seconds * limit.aSecond() / 2;
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %d | %d | %d | %d | %d | %.0f |%n",
          group.getKey(),
          seen.requests(),
          seen.most(1),
          limit.aSecond(),
          seen.most(60),
          aMinute,
          seen.atOnce(),
          limit.atOnce(),
          seen.leastGap());
    }
    System.out.println(
        kept
            ? "\nAll limits were kept."
            : "\nA limit was NOT kept, or a host was asked too little to tell.");
    return kept;
  }
}
