package app.mushroom.collector.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A host that says what it is told to, down to the byte, and remembers who asked for what. */
final class LocalHost implements AutoCloseable {

  /** What came. */
  record Asked(String path, Map<String, List<String>> headers, long nanos) {
    @Nullable String header(String name) {
      List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
      return values == null ? null : String.join("|", values);
    }
  }

  /** What is answered. */
  interface Answer {
    void to(OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final Map<String, Function<Asked, Answer>> pages = new ConcurrentHashMap<>();
  private final Map<Socket, Thread> open = new ConcurrentHashMap<>();
  private final Thread accepting;
  private final @Nullable VirtualTime time;
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** Runs before a request is seen: the network takes its time. */
  volatile Runnable onTheWay = () -> {};

  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger underWay = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();

  LocalHost(@Nullable VirtualTime time) {
    this(time, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  LocalHost(@Nullable VirtualTime time, InetSocketAddress at) {
    this.time = time;
    try {
      socket = new ServerSocket();
      socket.bind(at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepting = new Thread(this::accept, "local-host");
    accepting.setDaemon(true);
    accepting.start();
  }

  static Answer text(int status, String headers, String body) {
    return bytes(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  static Answer bytes(int status, String headers, byte[] body) {
    return out -> {
      out.write(head(status, headers + "Content-Length: " + body.length + "\r\n"));
      out.write(body);
    };
  }

  static byte[] head(int status, String headers) {
    return ("HTTP/1.1 " + status + " x\r\n" + headers + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  LocalHost page(String path, Answer answer) {
    return asking(path, request -> answer);
  }

  LocalHost asking(String path, Function<Asked, Answer> answer) {
    pages.put(path, answer);
    return this;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
  }

  int port() {
    return socket.getLocalPort();
  }

  URI at(String path) {
    return on("127.0.0.1", path);
  }

  /** The same under another name. */
  URI on(String host, String path) {
    return URI.create("http://" + host + ":" + port() + path);
  }

  List<String> paths() {
    return asked.stream().map(Asked::path).toList();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.incrementAndGet();
        Thread serving = new Thread(() -> serve(connection), "local-host");
        serving.setDaemon(true);
        open.put(connection, serving);
        serving.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      if (line == null) {
        return;
      }
      String path = line.split(" ")[1];
      Map<String, List<String>> headers = new LinkedHashMap<>();
      for (line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        headers
            .computeIfAbsent(
                line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
            .add(line.substring(colon + 1).trim());
      }
      onTheWay.run();
      mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      Asked request = new Asked(path, headers, time == null ? 0 : time.nanos());
      asked.add(request);
      Answer answer = pages.getOrDefault(path, any -> text(404, "", "not here")).apply(request);
      underWay.decrementAndGet();
      answer.to(connection.getOutputStream());
      connection.getOutputStream().flush();
      connection.shutdownOutput();
      in.readLine();
    } catch (IOException e) {
      // The other side has had enough.
    } finally {
      open.remove(connection);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    try {
      accepting.join(); // until it wakes up the port still answers
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket connection : open.keySet()) {
      connection.close();
    }
  }
}
