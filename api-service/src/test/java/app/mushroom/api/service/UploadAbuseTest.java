package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Uploads that are wrong in every way a multipart request can be. */
@ExtendWith(OutputCaptureExtension.class)
class UploadAbuseTest extends ServiceTest {
  private static final String ROUTE = "/api/v1/identifications";
  private static final int MAX_BYTES = 20_000_000;
  private static final int MAX_REQUEST_BYTES = 100_500_000;

  @Test
  void refusesBrokenMultipart() throws Exception {
    byte[] red = TestPhotos.red();
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    bodies.put("nothing", new byte[0]);
    bodies.put("no part", new Multipart().end());
    bodies.put("no part of that name", new Multipart().file("photo", "a", "image/jpeg", red).end());
    bodies.put("an empty photo", Multipart.photo(new byte[0]).end());
    bodies.put("a field instead", new Multipart().field("images", "text").end());
    bodies.put("6 photos", Multipart.photos(Collections.nCopies(6, red)).end());
    bodies.put("51 photos", Multipart.photos(Collections.nCopies(51, red)).end());
    bodies.put("no end", Multipart.photo(red).withoutEnd());
    bodies.put("other boundary", new Multipart().text("--other\r\n\r\n\r\n--other--\r\n").end());
    bodies.put("text before", new Multipart().text("hello\r\n").withoutEnd());
    bodies.put("no disposition", new Multipart().part("Content-Type: image/jpeg", red).end());
    bodies.put(
        "a part header of 3 KB",
        new Multipart()
            .part(
                "Content-Disposition: form-data; name=\"images\"; filename=\"a\"\r\nX: "
                    + "x".repeat(3000),
                red)
            .end());
    bodies.put(
        "nested",
        new Multipart()
            .part(
                "Content-Disposition: form-data; name=\"images\"\r\n"
                    + "Content-Type: multipart/mixed; boundary=inner",
                "--inner\r\n\r\nx\r\n--inner--\r\n".getBytes())
            .end());
    for (Map.Entry<String, byte[]> body : bodies.entrySet()) {
      HttpResponse<byte[]> response = post(ROUTE, body.getValue());
      assertThat(response.statusCode())
          .as(body.getKey() + ": " + text(response))
          .isIn(400, 413, 415);
      problem(response);
    }
  }

  @Test
  void refusesOtherContentTypes() throws Exception {
    byte[] body = Multipart.photo(TestPhotos.red()).end();
    for (String type :
        List.of(
            "application/json",
            "text/plain",
            "image/jpeg",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/mixed; boundary=" + Multipart.BOUNDARY,
            "application/x-www-form-urlencoded",
            "not a type")) {
      HttpResponse<byte[]> response =
          send(
              request(ROUTE, "Content-Type", type)
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                  .build());
      assertThat(response.statusCode()).as(type + ": " + text(response)).isIn(400, 415);
      problem(response);
    }
    HttpResponse<byte[]> untyped =
        send(request(ROUTE).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
    assertThat(untyped.statusCode()).isIn(400, 415);
    problem(untyped);
  }

  @Test
  void refusesACompressedBody() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(Multipart.photo(TestPhotos.red()).end());
    }
    HttpResponse<byte[]> response =
        send(
            request(
                    ROUTE,
                    "Content-Type",
                    "multipart/form-data; boundary=" + Multipart.BOUNDARY,
                    "Content-Encoding",
                    "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray()))
                .build());
    assertThat(response.statusCode()).isIn(400, 415);
    problem(response);
  }

  @Test
  void takesAnyFileNameAndTellsNobody(CapturedOutput output) throws Exception {
    List<String> names = new ArrayList<>();
    names.add("../../../secret-name.jpg");
    names.add("C:\\secret-name.jpg");
    names.add("secret-name\u202Egpj.exe");
    names.add("secret-name \uD83C\uDF44.jpg");
    names.add("secret-name" + "x".repeat(300));
    names.add("secret-name.jsp%00.jpg");
    names.add("");
    for (String name : names) {
      byte[] body = new Multipart().file("images", name, "image/jpeg", TestPhotos.red()).end();
      HttpResponse<byte[]> response = post(ROUTE, body);
      assertThat(response.statusCode()).as(name + text(response)).isEqualTo(200);
      assertThat(text(response)).doesNotContain("secret-name");
      byte[] broken = new Multipart().file("images", name, "image/jpeg", new byte[] {1}).end();
      HttpResponse<byte[]> refused = post(ROUTE, broken);
      assertThat(refused.statusCode()).isIn(400, 415, 422);
      assertThat(text(refused)).doesNotContain("secret-name");
    }
    assertThat(output).doesNotContain("secret-name");
  }

  @Test
  void drawsTheLineAtTwentyMillionBytes() throws Exception {
    byte[] photo = TestPhotos.red();
    for (int bytes : new int[] {MAX_BYTES - 1, MAX_BYTES}) {
      byte[] within = java.util.Arrays.copyOf(photo, bytes);
      assertThat(identify(within).statusCode()).as("" + bytes).isEqualTo(200);
    }
    HttpResponse<byte[]> over = identify(java.util.Arrays.copyOf(photo, MAX_BYTES + 1));
    assertThat(over.statusCode()).isEqualTo(413);
    assertThat(problem(over).path("type").asString()).isEqualTo("/problems/upload-too-large");
  }

  /** Five photos and one byte too many of anything else. */
  @Test
  void drawsTheLineOfARequestAtItsLastByte() throws Exception {
    byte[] photo = TestPhotos.red();
    byte[] end = ("--" + Multipart.BOUNDARY + "--\r\n").getBytes();
    for (int over : new int[] {0, 1}) {
      byte[] start = new Multipart().file("other", "a", "image/jpeg", new byte[0]).withoutEnd();
      byte[] part = new Multipart().file("images", "a", "image/jpeg", new byte[0]).withoutEnd();
      int photos = 5 * (part.length + MAX_BYTES);
      int filler = MAX_REQUEST_BYTES + over - photos - start.length - end.length;
      RawHttp.Answer answer =
          RawHttp.send(
              port,
              head("Content-Length: " + (MAX_REQUEST_BYTES + over)),
              out -> {
                write(out, start, filler, new byte[0]);
                for (int i = 0; i < 5; i++) {
                  write(out, part, MAX_BYTES, photo);
                }
                out.write(end);
              });
      assertThat(answer.status()).as(answer.body()).isEqualTo(over == 0 ? 200 : 413);
    }
  }

  /** A part with that content, filled up with zeros to that many bytes. */
  private static void write(java.io.OutputStream out, byte[] part, int bytes, byte[] content)
      throws java.io.IOException {
    out.write(part, 0, part.length - 2);
    out.write(content);
    byte[] block = new byte[50_000];
    for (int left = bytes - content.length; left > 0; left -= block.length) {
      out.write(block, 0, Math.min(left, block.length));
    }
    out.write("\r\n".getBytes());
  }

  @Test
  void aClientFarOverTheLimitReadsItsAnswer() throws Exception {
    long total = 150_000_000;
    RawHttp.Answer answer =
        RawHttp.send(port, head("Content-Length: " + total), out -> stream(out, total, false));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void aChunkedUploadHasTheSameLimit() throws Exception {
    RawHttp.Answer over =
        RawHttp.send(
            port, head("Transfer-Encoding: chunked"), out -> stream(out, MAX_BYTES + 50_000, true));
    assertThat(over.status()).isEqualTo(413);
    assertThat(over.body()).contains("/problems/upload-too-large");
  }

  private static String head(String length) {
    return "POST "
        + ROUTE
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Type: multipart/form-data; boundary="
        + Multipart.BOUNDARY
        + "\r\n"
        + length
        + "\r\n\r\n";
  }

  /** One photo of nothing, as long as it takes. */
  private static void stream(java.io.OutputStream out, long total, boolean chunked)
      throws java.io.IOException {
    byte[] start = new Multipart().file("images", "a", "image/jpeg", new byte[0]).withoutEnd();
    byte[] block = new byte[50_000];
    write(out, start, start.length, chunked);
    for (long left = total - start.length; left > 0; left -= block.length) {
      write(out, block, (int) Math.min(left, block.length), chunked);
    }
    if (chunked) {
      byte[] end = ("\r\n--" + Multipart.BOUNDARY + "--\r\n").getBytes();
      write(out, end, end.length, true);
      out.write("0\r\n\r\n".getBytes());
    }
  }

  private static void write(java.io.OutputStream out, byte[] bytes, int length, boolean chunked)
      throws java.io.IOException {
    if (chunked) {
      out.write((Integer.toHexString(length) + "\r\n").getBytes());
    }
    out.write(bytes, 0, length);
    if (chunked) {
      out.write("\r\n".getBytes());
    }
  }
}
