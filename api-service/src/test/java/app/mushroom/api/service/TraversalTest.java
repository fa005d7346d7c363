package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Names from outside that mean to be paths, wherever a name can come in. Files that nobody may read
 * lie where each of them points to; requests go over a bare socket, since clients tidy them up.
 */
class TraversalTest extends ServiceTest {
  private static final String CANARY = "canary-c0ffee-must-stay-here";

  /** In a request line; the last ones are names like others that only sound dangerous. */
  private static final List<String> PAYLOADS =
      List.of(
          "..",
          "../",
          "../canary.txt",
          "../../canary.txt",
          "../../../canary.txt",
          "../../../../../../../../etc/passwd",
          "..%2fcanary.txt",
          "..%2f..%2fcanary.txt",
          "..%2f..%2f..%2fcanary.txt",
          "%2e%2e%2fcanary.txt",
          "%2e%2e/%2e%2e/canary.txt",
          "%252e%252e%252fcanary.txt",
          "..%252f..%252fcanary.txt",
          "..%5ccanary.txt",
          "..%5c..%5ccanary.txt",
          "..\\canary.txt",
          "%5c%5cserver%5cshare%5ccanary.txt",
          "\\\\server\\share",
          "C:%5cwindows%5cwin.ini",
          "C:/windows/win.ini",
          "%2fetc%2fpasswd",
          "/etc/passwd",
          "//etc/passwd",
          "file:///etc/passwd",
          "file:%2f%2f%2fetc%2fpasswd",
          "gs:%2f%2fbucket%2fcanary.txt",
          "http:%2f%2flocalhost%2fcanary.txt",
          "jar:file:%2fx.jar!%2fcanary.txt",
          "classpath:application.yml",
          "..%00",
          "a%00b",
          "canary.txt%00.json",
          "..%c0%afcanary.txt",
          "%c0%ae%c0%ae%c0%afcanary.txt",
          "..%e0%80%afcanary.txt",
          "%EF%BC%8E%EF%BC%8E%EF%BC%8Fcanary.txt",
          "%uff0e%uff0e%u2215canary.txt",
          "..;/canary.txt",
          "..;%2fcanary.txt",
          ";/../canary.txt",
          "....//canary.txt",
          ".%2e/canary.txt",
          "%2e./canary.txt",
          "..%0d%0acanary.txt",
          "a%0d%0aSet-Cookie:x=1",
          "a%20b",
          "~root/canary.txt",
          "%24%7bjndi:ldap:%2f%2flocalhost%2fx%7d",
          "%24HOME%2fcanary.txt",
          "link",
          "link/canary.txt",
          "link%2fcanary.txt",
          "1%2f..%2f..%2f..%2fcanary.txt",
          "1%2fbundle.json",
          "champion.json",
          "%D0%B0%D0%B0",
          "A",
          "a".repeat(65),
          "-",
          ".",
          "con.",
          "*");

  private static Path canaryRoot;

  @BeforeAll
  static void putCanaries() throws IOException {
    canaryRoot = STORE.getParent().getParent();
    for (Path folder :
        List.of(
            canaryRoot,
            STORE.getParent(),
            STORE,
            STORE.resolve("models"),
            STORE.resolve("models/mushrooms"))) {
      Files.writeString(folder.resolve("canary.txt"), CANARY);
    }
    Files.createSymbolicLink(STORE.resolve("models/mushrooms/link"), canaryRoot);
  }

  @AfterAll
  static void removeLink() throws IOException {
    Files.delete(STORE.resolve("models/mushrooms/link"));
  }

  @Test
  void aNameInAPathReachesNothing() throws Exception {
    assertThat(PAYLOADS).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(40);
    Set<Path> before = outside();
    for (String payload : PAYLOADS) {
      for (String place :
          List.of(
              "/api/v1/models/%s",
              "/api/v1/species/%s",
              "/api/v1/identifications/%s/heatmap",
              "/js/%s",
              "/css/%s",
              "/%s",
              "/swagger-ui/%s",
              "/v3/api-docs/%s")) {
        check(port, "GET " + place.formatted(payload), "", new byte[0]);
      }
      check(managementPort, "GET /actuator/" + payload, "", new byte[0]);
      check(managementPort, "GET /actuator/health/" + payload, "", new byte[0]);
    }
    assertThat(outside()).isEqualTo(before);
  }

  @Test
  void aNameInAPathOfAPostReachesNothing() throws Exception {
    Set<Path> before = outside();
    byte[] photo = Multipart.photo(TestPhotos.red()).end();
    byte[] feedback = "{\"verdict\":\"right\"}".getBytes(StandardCharsets.UTF_8);
    for (String payload : PAYLOADS) {
      String version = "POST /api/v1/models/" + payload + "/identifications";
      assertThat(check(port, version, MULTIPART, photo)).as(version).isBetween(400, 499);
      String id = "POST /api/v1/identifications/" + payload + "/feedback";
      assertThat(check(port, id, "application/json", feedback)).as(id).isBetween(400, 499);
    }
    assertThat(outside()).isEqualTo(before);
  }

  @Test
  void aNameInABodyReachesNothing() throws Exception {
    Set<Path> before = outside();
    String path = "/api/v1/identifications/" + identified(TestPhotos.red()).path("id").asString();
    for (String payload : PAYLOADS) {
      String plain = java.net.URLDecoder.decode(harmless(payload), StandardCharsets.UTF_8);
      String label = JSON.writeValueAsString(plain);
      if (!plain.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
        var refused =
            postJson(path + "/feedback", "{\"verdict\":\"wrong\",\"label\":" + label + "}");
        assertThat(refused.statusCode()).as(payload).isEqualTo(400);
        problem(refused);
      }
      byte[] named =
          new Multipart().file("images", quoted(plain), "image/jpeg", TestPhotos.red()).end();
      var identified = post("/api/v1/identifications", named);
      assertThat(identified.statusCode()).as(payload).isIn(200, 400);
      assertThat(text(identified)).doesNotContain("canary", "etc/passwd");
      byte[] other =
          new Multipart().file(quoted(plain), "a.jpg", "image/jpeg", TestPhotos.red()).end();
      assertThat(post("/api/v1/identifications", other).statusCode()).as(payload).isEqualTo(400);
    }
    assertThat(outside()).isEqualTo(before);
  }

  private static final String MULTIPART = "multipart/form-data; boundary=" + Multipart.BOUNDARY;

  private static int check(int port, String line, String type, byte[] body) throws IOException {
    String head =
        line
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + (body.length == 0
                ? ""
                : "Content-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n")
            + "\r\n";
    RawHttp.Answer answer = RawHttp.send(port, head, out -> out.write(body));
    assertThat(answer.status()).as(line + "\n" + answer).isBetween(200, 499);
    assertThat(answer.body()).as(line).doesNotContain(CANARY, "root:x:", "sha256\":\"");
    assertThat(answer.headers()).as(line).doesNotContain("Set-Cookie");
    if (answer.status() >= 400 && line.contains("/api/")) {
      assertThat(answer.body()).as(line).contains("\"type\":\"/problems/");
    }
    return answer.status();
  }

  /** Percent signs that do not encode anything stay what they are. */
  private static String harmless(String payload) {
    return payload.replace("+", "%2B").replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
  }

  private static String quoted(String name) {
    return name.replaceAll("[\r\n\"]", "_").replace("\\", "\\\\");
  }

  /** All that lies around the store. */
  private static Set<Path> outside() throws IOException {
    try (Stream<Path> files = Files.walk(canaryRoot)) {
      return new TreeSet<>(files.filter(file -> !file.startsWith(STORE)).toList());
    }
  }
}
