package app.mushroom.collector.cli;

import app.mushroom.collector.GeneratedPhotos;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * GBIF's names and iNaturalist's observations and photos on one port of this machine: of every
 * species so many observations with one photo each, three observers in turn. Needs a JDK and
 * nothing else, for {@code .ci/smoke} runs it from its source.
 */
final class StandInWeb implements AutoCloseable {
  private static final int PER_PAGE = 30;
  private static final List<String> HOSTS =
      List.of("api.gbif.org", "api.inaturalist.org", "static.inaturalist.org");

  private final HttpServer server;
  private final ExecutorService pool = Executors.newFixedThreadPool(4);
  private final int observations;

  /** Every path asked for, with its query. */
  final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

  /** After so many photos the others are answered 429 with a Retry-After of an hour. */
  final AtomicInteger photosLeft = new AtomicInteger(Integer.MAX_VALUE);

  private volatile boolean printing;

  /** Serves on a port of this machine until it is killed, and prints what is asked: PORT. */
  public static void main(String[] arguments) throws IOException {
    StandInWeb web = new StandInWeb(50, Integer.parseInt(arguments[0]));
    web.printing = true;
  }

  StandInWeb(int observations) throws IOException {
    this(observations, 0);
  }

  private StandInWeb(int observations, int port) throws IOException {
    this.observations = observations;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    server.createContext("/", this::answer);
    server.setExecutor(pool);
    server.start();
  }

  /** Options that make a search ask this in place of the web, without waiting. */
  List<String> options() {
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    List<String> options =
        HOSTS.stream().map(host -> "--mirror=" + host + "=" + address).collect(Collectors.toList());
    options.add("--unlimited-mirrors");
    options.add("--contact=tests@example.org");
    return options;
  }

  /** The photos asked for. */
  List<String> photosAsked() {
    return asked.stream().filter(path -> path.startsWith("/photos/")).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getQuery();
    asked.add(path + (query == null ? "" : "?" + query));
    if (printing) {
      System.out.println(path);
    }
    Map<String, String> parameters =
        Arrays.stream((query == null ? "" : query).split("&"))
            .map(pair -> pair.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> other));
    byte[] body;
    if (path.equals("/v1/species/match")) {
      body = match(parameters.getOrDefault("name", "").replace('+', ' '));
    } else if (path.endsWith("/synonyms")) {
      body = text("{\"endOfRecords\":true,\"results\":[]}");
    } else if (path.equals("/v1/observations")) {
      body =
          observations(
              parameters.getOrDefault("taxon_name", "").replace('+', ' '),
              Integer.parseInt(parameters.getOrDefault("id_above", "0")));
    } else if (path.startsWith("/photos/") && photosLeft.getAndDecrement() <= 0) {
      exchange.getResponseHeaders().add("Retry-After", "3600");
      exchange.sendResponseHeaders(429, -1);
      exchange.close();
      return;
    } else if (path.startsWith("/photos/")) {
      body = photo(Integer.parseInt(path.split("/")[2]));
    } else {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    exchange
        .getResponseHeaders()
        .add("Content-Type", path.startsWith("/photos/") ? "image/jpeg" : "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static byte[] photo(int seed) {
    return GeneratedPhotos.encode(GeneratedPhotos.picture(seed, 320, 240), "jpeg");
  }

  private static byte[] match(String name) {
    if (!name.matches("[A-Z][a-z]+ [a-z]+") || name.contains("unknown")) {
      return text("{\"confidence\":100,\"matchType\":\"NONE\",\"synonym\":false}");
    }
    return text(
        """
        {"usageKey":%d,"canonicalName":"%s","rank":"SPECIES","status":"ACCEPTED",
         "confidence":99,"matchType":"EXACT","kingdom":"Fungi","synonym":false}
        """
            .formatted(1 + Math.abs(name.hashCode() % 1000), name));
  }

  private byte[] observations(String name, int above) {
    int base = 1000 * (1 + Math.abs(name.hashCode() % 50));
    String results =
        IntStream.range(base, base + observations)
            .filter(id -> id > above)
            .limit(PER_PAGE)
            .mapToObj(id -> observation(id, name))
            .collect(Collectors.joining(","));
    return text(
        "{\"total_results\":%d,\"page\":1,\"per_page\":%d,\"results\":[%s]}"
            .formatted(observations, PER_PAGE, results));
  }

  private static String observation(int id, String name) {
    return """
    {"id":%1$d,"quality_grade":"research","license_code":"cc-by",
     "uri":"https://www.inaturalist.org/observations/%1$d",
     "taxon":{"id":7,"name":"%2$s","rank":"species"},
     "user":{"login":"observer%3$d"},
     "photos":[{"id":%1$d,"license_code":"cc-by-nc","attribution":"(c) observer%3$d, \\"quoted\\"",
       "url":"https://static.inaturalist.org/photos/%1$d/square.jpg?17","flags":[]}]}
    """
        .formatted(id, name, id % 3);
  }

  private static byte[] text(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
