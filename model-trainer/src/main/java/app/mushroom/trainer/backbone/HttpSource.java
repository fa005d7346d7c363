package app.mushroom.trainer.backbone;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A file on the web. Redirects are followed, but never from HTTPS to HTTP; a body shorter than
 * announced is an error.
 *
 * @param headersWithin longest wait for a connection and the answer's head
 * @param partsWithin longest wait for each next part of its body
 */
record HttpSource(URI address, long maxBytes, Duration headersWithin, Duration partsWithin)
    implements Download.Source {

  HttpSource(URI address) {
    this(address, Backbone.MAX_BYTES, Duration.ofMinutes(1), Duration.ofMinutes(1));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException, InterruptedException {
    String shown = Location.shown(address.toString());
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(headersWithin)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(headersWithin).build();
    HttpResponse<InputStream> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IOException(
          "The backbone at "
              + shown
              + " cannot be fetched: "
              + address.getHost()
              + " does not answer ("
              + reason(e)
              + "). Try again, or download it elsewhere and name the file with --backbone.",
          e);
    }
    try (InputStream in = new PatientStream(response.body(), partsWithin)) {
      if (response.statusCode() != 200) {
        throw new IOException(
            "Expected the backbone at "
                + shown
                + ", found HTTP status "
                + response.statusCode()
                + " at "
                + Location.shown(response.uri().toString())
                + "."
                + advice(response.statusCode()));
      }
      long announced = response.headers().firstValueAsLong("Content-Length").orElse(0);
      if (announced > maxBytes) {
        throw new IOException(
            "Expected at most "
                + maxBytes
                + " bytes of backbone at "
                + shown
                + ", found "
                + announced
                + ".");
      }
      Download.copy(in, out, maxBytes, shown);
    }
  }

  private static String advice(int status) {
    return status == 401 || status == 403
        ? " An address with a signature is recorded without it: name the whole one with --backbone."
        : "";
  }

  /** A name that no server knows comes without a message, but with a cause. */
  private static String reason(Throwable e) {
    Throwable cause = e.getCause();
    if (e.getMessage() != null) {
      return e.getMessage();
    }
    return cause == null ? e.getClass().getSimpleName() : reason(cause);
  }
}
