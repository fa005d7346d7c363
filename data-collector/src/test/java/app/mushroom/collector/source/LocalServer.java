package app.mushroom.collector.source;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebAnswer;
import app.mushroom.collector.fetch.WebRequest;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A host on loopback that answers as told and remembers what it was asked. */
final class LocalServer implements AutoCloseable {
  final List<Ask> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** What somebody wants: path and decoded query. */
  record Ask(String path, Map<String, List<String>> query) {
    String get(String name) {
      List<String> values = query.getOrDefault(name, List.of());
      return values.isEmpty() ? null : values.get(0);
    }

    long number(String name, long otherwise) {
      return get(name) == null ? otherwise : Long.parseLong(get(name));
    }
  }

  /** What comes back. */
  record Reply(int status, String type, String body) {
    static Reply json(String body) {
      return new Reply(200, "application/json", body);
    }

    static Reply html(String body) {
      return new Reply(200, "text/html", body);
    }
  }

  static {
    // Read once by the JDK's server, which otherwise lets every answer wait for 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  LocalServer(Function<Ask, Reply> answers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Ask ask = ask(exchange.getRequestURI());
          asked.add(ask);
          Reply reply = answers.apply(ask);
          byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", reply.type() + "; charset=utf-8");
          exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static Ask ask(URI address) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    String text = address.getRawQuery() == null ? "" : address.getRawQuery();
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        query.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>()).add(decoded(parts[1]));
      }
    }
    return new Ask(address.getPath(), query);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The plainest web there is: no waiting, no second try. */
  static Web web() {
    HttpClient client = HttpClient.newHttpClient();
    return request -> {
      HttpResponse<byte[]> response;
      try {
        response =
            client.send(
                HttpRequest.newBuilder(request.address()).build(),
                HttpResponse.BodyHandlers.ofByteArray());
      } catch (IOException e) {
        throw new FetchException(FetchException.Reason.BROKE_OFF, "Broke off.", e);
      }
      if (response.statusCode() != 200) {
        throw new FetchException(
            response.statusCode() == 429
                ? FetchException.Reason.TOO_MANY_REQUESTS
                : FetchException.Reason.REFUSED,
            "Status " + response.statusCode());
      }
      String type = response.headers().firstValue("Content-Type").orElse("").split(";")[0];
      return new WebAnswer(request.address(), 200, type, response.body());
    };
  }

  /** A web that gives every request the same answer. */
  static Web always(Reply reply) {
    return (WebRequest request) ->
        new WebAnswer(
            request.address(), 200, reply.type(), reply.body().getBytes(StandardCharsets.UTF_8));
  }
}
