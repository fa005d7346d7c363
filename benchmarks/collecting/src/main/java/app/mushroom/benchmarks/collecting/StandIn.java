package app.mushroom.benchmarks.collecting;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * GBIF's names, iNaturalist's lists and its photos on a port of this machine: of every label
 * equally many observations with a photo each. It sends files as they lie on disk, so that it takes
 * next to nothing of the processors that are measured.
 */
final class StandIn implements AutoCloseable {
  private static final List<String> HOSTS =
      List.of("api.gbif.org", "api.inaturalist.org", "static.inaturalist.org");
  private static final int PER_PAGE = 200;
  private static final int THREADS = 16;

  private final HttpServer server;
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
  private final List<String> labels;
  private final List<Path> photos;

  /**
   * @param labels species
   * @param photos shared out among the labels, so that pieces of one original, which follow each
   *     other at equal distances, come to different ones
   */
  StandIn(List<String> labels, List<Path> photos) throws IOException {
    this.labels = labels;
    this.photos = photos;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    server.createContext("/", this::answer);
    server.setExecutor(pool);
    server.start();
  }

  private String root() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Options that make a search ask this in place of the web, without waiting. */
  List<String> mirrors() {
    return HOSTS.stream().map(host -> "--mirror=" + host + "=" + root()).toList();
  }

  /** Where every photo lies that the lists name. */
  List<String> addresses() {
    return IntStream.range(0, photos.size())
        .mapToObj(photo -> root() + path(photo).replace("square", "large"))
        .toList();
  }

  private static String path(int photo) {
    return "/photos/" + (photo + 1) + "/square.jpg";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Map<String, String> query = query(exchange.getRequestURI().getQuery());
    if (path.startsWith("/photos/")) {
      photo(exchange, Integer.parseInt(path.split("/")[2]) - 1);
    } else if (path.equals("/v1/species/match")) {
      json(
          exchange,
          """
          {"usageKey":5,"canonicalName":"%s","rank":"SPECIES","status":"ACCEPTED",
           "confidence":99,"matchType":"EXACT","kingdom":"Fungi","synonym":false}
          """
              .formatted(query.getOrDefault("name", "")));
    } else if (path.endsWith("/synonyms")) {
      json(exchange, "{\"endOfRecords\":true,\"results\":[]}");
    } else if (path.equals("/v1/observations")) {
      json(exchange, observations(query));
    } else {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
    }
  }

  private static Map<String, String> query(String query) {
    return Arrays.stream((query == null ? "" : query).split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].replace('+', ' '), (a, b) -> b));
  }

  private String observations(Map<String, String> query) {
    String taxon = query.getOrDefault("taxon_name", "");
    int label = labels.indexOf(taxon.toLowerCase(java.util.Locale.ROOT).replace(' ', '_'));
    int above = Integer.parseInt(query.getOrDefault("id_above", "0"));
    String results =
        IntStream.range(0, photos.size())
            .filter(photo -> (photo + photo / labels.size()) % labels.size() == label)
            .filter(photo -> photo + 1 > above)
            .limit(PER_PAGE)
            .mapToObj(photo -> observation(photo, taxon))
            .collect(Collectors.joining(","));
    return "{\"total_results\":%d,\"page\":1,\"per_page\":%d,\"results\":[%s]}"
        .formatted(photos.size(), PER_PAGE, results);
  }

  private static String observation(int photo, String taxon) {
    return """
    {"id":%1$d,"quality_grade":"research","license_code":"cc-by",
     "uri":"https://www.inaturalist.org/observations/%1$d",
     "taxon":{"id":7,"name":"%2$s","rank":"species"},"user":{"login":"observer%3$d"},
     "photos":[{"id":%1$d,"license_code":"cc-by","attribution":"(c) observer%3$d","flags":[],
       "url":"https://static.inaturalist.org%4$s"}]}
    """
        .formatted(photo + 1, taxon, photo % 50, path(photo));
  }

  private void photo(HttpExchange exchange, int photo) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "image/jpeg");
    exchange.sendResponseHeaders(200, Files.size(photos.get(photo)));
    try (var out = exchange.getResponseBody()) {
      Files.copy(photos.get(photo), out);
    }
  }

  private static void json(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
