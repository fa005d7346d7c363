package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.NginxHeaders;
import app.mushroom.api.fixture.TestPhotos;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, origins, paths and what is not for the public. */
class SecurityTest extends ServiceTest {
  private static final List<String> FILES = List.of("/index.html", "/sw.js", "/manifest.json");

  @Test
  void everyAnswerCarriesTheHeaders() throws Exception {
    for (String path :
        List.of(
            "/",
            "/index.html",
            "/sw.js",
            "/manifest.json",
            "/js/nothing.js",
            "/nothing",
            "/api/v1/models",
            "/api/v1/models/-",
            "/error",
            "/v3/api-docs",
            "/swagger-ui/index.html")) {
      HttpResponse<byte[]> response = get(path);
      assertHeaders(path, name -> response.headers().firstValue(name));
      if (!FILES.contains(path) && !path.startsWith("/swagger")) {
        assertThat(response.headers().firstValue("Cache-Control")).as(path).hasValue("no-store");
      }
    }
    HttpResponse<byte[]> answer = identify(TestPhotos.red());
    assertHeaders("identification", name -> answer.headers().firstValue(name));
    HttpResponse<byte[]> refused = identify(new byte[] {1, 2, 3});
    assertHeaders("refusal", name -> refused.headers().firstValue(name));
  }

  @Test
  void thePagesFilesAreAskedForAgainEachTimeAndHaveTheirTypes() throws Exception {
    for (String[] file :
        new String[][] {
          {"/sw.js", "text/javascript"},
          {"/manifest.json", "application/json"},
          {"/img/icon-192.png", "image/png"},
          {"/js/outbox.js", "text/javascript"},
        }) {
      HttpResponse<byte[]> response = get(file[0]);
      assertThat(response.statusCode()).as(file[0]).isEqualTo(200);
      assertThat(response.headers().firstValue("Cache-Control")).as(file[0]).hasValue("no-cache");
      assertThat(response.headers().firstValue("Content-Type").orElse(""))
          .as(file[0])
          .startsWith(file[1]);
      String etag = response.headers().firstValue("ETag").orElseThrow();
      assertThat(get(file[0], "If-None-Match", etag).statusCode()).as(file[0]).isEqualTo(304);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a|b<>{} HTTP/1.1\r\nHost: x",
        "GARBAGE",
        "GET / HTTP/1.1",
        "GET /%00 HTTP/1.1\r\nHost: x",
        "GET /%zz HTTP/1.1\r\nHost: x",
        "GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: x",
        "TRACE / HTTP/1.1\r\nHost: x",
        "FOO / HTTP/1.1\r\nHost: x",
        "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: abc",
        "GET / HTTP/9.9\r\nHost: x",
      })
  void aMalformedRequestGetsAProblemToo(String request) throws Exception {
    RawHttp.Answer answer =
        RawHttp.send(port, request + "\r\nConnection: close\r\n\r\n", out -> {});
    assertThat(answer.status()).isBetween(400, 505);
    assertHeaders(request, answer::header);
    assertThat(answer.header("Content-Type"))
        .as(answer.toString())
        .hasValue("application/problem+json");
    assertThat(answer.body()).contains("/problems/").doesNotContain("Tomcat", "Exception");
  }

  private static void assertHeaders(String what, Function<String, Optional<String>> header) {
    NginxHeaders.all()
        .forEach(
            (name, value) -> {
              boolean ownPolicy = what.startsWith("/swagger") && name.endsWith("Security-Policy");
              if (!ownPolicy && !name.equals("Cache-Control")) {
                assertThat(header.apply(name)).as(what).hasValue(value);
              }
            });
    assertThat(header.apply("Content-Security-Policy").orElse("none"))
        .as(what)
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(header.apply("X-Correlation-Id")).as(what).isPresent();
    assertThat(header.apply("Server")).as(what).isEmpty();
    assertThat(header.apply("X-Powered-By")).as(what).isEmpty();
  }

  @Test
  void onlyListedOriginsMayRead() throws Exception {
    HttpResponse<byte[]> listed = get("/status", "Origin", "http://localhost:3000");
    assertThat(listed.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("http://localhost:3000");
    assertThat(listed.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    for (String origin :
        List.of(
            "null", "http://evil.example", "https://localhost:3000", "http://localhost:30000")) {
      HttpResponse<byte[]> other = get("/status", "Origin", origin);
      assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).as(origin).isEmpty();
      HttpResponse<byte[]> preflight = preflight(origin);
      assertThat(preflight.statusCode()).isEqualTo(403);
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      problem(preflight);
    }
    HttpResponse<byte[]> preflight = preflight("http://localhost:3000");
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
        .hasValue("GET, POST, DELETE");
  }

  private HttpResponse<byte[]> preflight(String origin) throws Exception {
    return send(
        request("/predict", "Origin", origin, "Access-Control-Request-Method", "POST")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .build());
  }

  @Test
  void actuatorIsNotForThePublic() throws Exception {
    for (String path :
        List.of(
            "",
            "/health",
            "/health/liveness",
            "/prometheus",
            "/env",
            "/beans",
            "/heapdump",
            "/threaddump",
            "/loggers",
            "/mappings",
            "/configprops",
            "/info",
            "/metrics",
            "/shutdown",
            "/conditions",
            "/scheduledtasks",
            "/httpexchanges",
            "/flyway",
            "/caches",
            "/sbom",
            "/startup",
            "/logfile",
            "/sessions",
            "/refresh",
            "/gateway/routes")) {
      assertThat(get("/actuator" + path).statusCode()).as(path).isEqualTo(404);
      if (!path.isEmpty() && !path.startsWith("/health") && !path.equals("/prometheus")) {
        assertThat(management("/actuator" + path).statusCode()).as(path).isEqualTo(404);
      }
    }
    assertThat(text(management("/actuator/health")))
        .isEqualTo("{\"groups\":[\"liveness\",\"readiness\",\"startup\"],\"status\":\"UP\"}");
    assertThat(text(management("/actuator/health/liveness"))).isEqualTo("{\"status\":\"UP\"}");
    assertThat(text(management("/actuator/health/readiness"))).isEqualTo("{\"status\":\"UP\"}");
    assertThat(text(management("/actuator/prometheus")))
        .contains("mushroom_model_serving", "mushroom_inference_queue");
  }

  private HttpResponse<byte[]> management(String path) throws Exception {
    return send(
        HttpRequest.newBuilder(java.net.URI.create("http://localhost:" + managementPort + path))
            .build());
  }

  @Test
  void aCallerMayBringAHarmlessCorrelationId() throws Exception {
    assertThat(
            get("/status", "X-Correlation-Id", "trace-12345")
                .headers()
                .firstValue("X-Correlation-Id"))
        .hasValue("trace-12345");
    assertThat(
            get("/status", "X-Correlation-Id", "<script>alert(1)</script>")
                .headers()
                .firstValue("X-Correlation-Id")
                .orElseThrow())
        .doesNotContain("script");
  }
}
