package app.mushroom.api.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** HTTP without a client library, which would never send such requests. */
final class RawHttp {
  /** What came back. */
  record Answer(int status, String headers, String body) {
    Optional<String> header(String name) {
      return Arrays.stream(headers.split("\r\n"))
          .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
          .map(line -> line.substring(name.length() + 2))
          .findFirst();
    }
  }

  /** Writes a request's body. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private RawHttp() {}

  static Answer send(int port, String head, Body body) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      body.writeTo(out);
      out.flush();
      return read(socket.getInputStream());
    }
  }

  private static Answer read(InputStream in) throws IOException {
    String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    int end = all.indexOf("\r\n\r\n");
    String head = all.substring(0, end);
    return new Answer(Integer.parseInt(head.substring(9, 12)), head, all.substring(end + 4));
  }
}
