package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.FetchException.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** An answer whose head has come. Closing it ends the connection, read or not. */
final class Reply implements AutoCloseable {
  private final URI address;
  private final ClassicHttpResponse response;
  private final Deadline deadline;
  private final Budget budget;
  private long bytes;

  Reply(URI address, ClassicHttpResponse response, Deadline deadline, Budget budget) {
    this.address = address;
    this.response = response;
    this.deadline = deadline;
    this.budget = budget;
  }

  int status() {
    return response.getCode();
  }

  /** Whether there is an answer to be read. */
  boolean isGood() {
    return status() >= 200 && status() <= 299;
  }

  List<String> headers(String name) {
    return Arrays.stream(response.getHeaders(name))
        .map(Header::getValue)
        .filter(value -> value != null)
        .toList();
  }

  @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /** Without parameters, in lower case. */
  @Nullable String contentType() {
    String type = header("Content-Type");
    if (type == null) {
      return null;
    }
    int parameters = type.indexOf(';');
    String bare = parameters < 0 ? type : type.substring(0, parameters);
    return bare.isBlank() ? null : bare.trim().toLowerCase(Locale.ROOT);
  }

  /**
   * @param cut whether the beginning will do where there is more
   */
  byte[] body(int maxBytes, boolean cut) throws FetchException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    if (entity.getContentLength() > maxBytes && !cut) {
      throw new FetchException(
          Reason.TOO_LARGE,
          "Expected at most %,d bytes, found %,d announced by %s; none was read."
              .formatted(maxBytes, entity.getContentLength(), WebAddress.shown(address)));
    }
    try {
      Body body = new Body(entity.getContent(), maxBytes);
      try {
        return body.read(header("Content-Encoding"), cut);
      } finally {
        bytes = body.packedBytes();
      }
    } catch (IOException e) {
      throw Failures.of(e, address, deadline);
    }
  }

  /** Bytes of the body that have come. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    // First the connection: closing a body would wait for the rest of it.
    deadline.end();
    budget.stop();
    try {
      response.close();
    } catch (IOException e) {
      // It is gone, which is what was wanted.
    }
  }
}
