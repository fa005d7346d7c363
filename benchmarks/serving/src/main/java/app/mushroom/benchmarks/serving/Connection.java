package app.mushroom.benchmarks.serving;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, kept alive: HTTP/1.1 and no more, so that the load costs little of the
 * processors that it shares with the server.
 */
final class Connection implements AutoCloseable {
  private final InetSocketAddress server;
  private final InetAddress from;
  private final Duration patience;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  /**
   * @param client 0 to 65,023; each has an address of its own in 127.0.0.0/8, so that a server that
   *     is fair to addresses can be so here
   */
  Connection(int port, int client, Duration patience) throws IOException {
    this.server = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    this.from =
        InetAddress.getByAddress(
            new byte[] {127, 1, (byte) (client / 254), (byte) (1 + client % 254)});
    this.patience = patience;
  }

  Answer post(String path, Upload upload, long number) {
    try {
      Socket open = open();
      open.getOutputStream()
          .write(
              ("POST "
                      + path
                      + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary="
                      + Upload.BOUNDARY
                      + "\r\nContent-Length: "
                      + upload.length()
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return send(open, upload, number);
    } catch (IOException e) {
      close();
      return Answer.BROKEN;
    }
  }

  /** A server may refuse before it has read everything; its answer counts then. */
  private Answer send(Socket open, Upload upload, long number) throws IOException {
    try {
      upload.write(open.getOutputStream(), number);
    } catch (IOException e) {
      Answer answer = read();
      close();
      return answer;
    }
    return read();
  }

  Answer get(String path) {
    try {
      open()
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return read();
    } catch (IOException e) {
      close();
      return Answer.BROKEN;
    }
  }

  private Socket open() throws IOException {
    Socket known = socket;
    if (known != null) {
      return known;
    }
    Socket fresh = new Socket();
    fresh.setTcpNoDelay(true);
    fresh.setSoTimeout(Math.toIntExact(patience.toMillis()));
    fresh.bind(new InetSocketAddress(from, 0));
    fresh.connect(server, Math.toIntExact(patience.toMillis()));
    socket = fresh;
    in = new BufferedInputStream(fresh.getInputStream(), 1 << 14);
    return fresh;
  }

  private Answer read() throws IOException {
    String status = line();
    int length = -1;
    boolean chunked = false;
    boolean last = false;
    boolean retryAfter = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
      last |= lower.startsWith("connection:") && lower.contains("close");
      retryAfter |= lower.startsWith("retry-after:");
    }
    String body = chunked ? chunks() : text(Math.max(0, length));
    if (last) {
      close();
    }
    return new Answer(Integer.parseInt(status.split(" ", 3)[1]), retryAfter, body);
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int length = chunkLength(); length > 0; length = chunkLength()) {
      body.append(text(length));
      line();
    }
    line();
    return body.toString();
  }

  private int chunkLength() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private String text(int length) throws IOException {
    byte[] bytes = opened().readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    InputStream from = opened();
    StringBuilder line = new StringBuilder();
    for (int next = from.read(); next != '\n'; next = from.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private InputStream opened() throws IOException {
    if (in == null) {
      throw new EOFException();
    }
    return in;
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    in = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It is of no use any more, whatever it says.
      }
    }
  }
}
