package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.SteeredNetwork;
import app.mushroom.api.fixture.TestPhotos;
import io.micrometer.core.instrument.MeterRegistry;
import java.awt.Color;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** More asked for than can be done, clients that leave, and a network that hangs. */
@Import(SteeredNetwork.Configuration.class)
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.datasource.url=jdbc:h2:mem:overload;DB_CLOSE_DELAY=-1",
      "mushroom.inference.threads=2",
      "mushroom.inference.queue=8",
      "mushroom.inference.start-within=2s",
      "mushroom.inference.limit=2500ms",
      "mushroom.inference.stalled-after=250ms",
      "mushroom.inference.spares=2",
      "mushroom.clients.patience=1s"
    })
class OverloadTest extends ServiceTest {
  private static final AtomicInteger SHADES = new AtomicInteger();

  @Autowired SteeredNetwork network;
  @Autowired MeterRegistry meters;

  @AfterEach
  void release() {
    network.release();
    network.takeMillis(0);
    await(() -> gauge("mushroom.inference.active") == 0);
    await(() -> gauge("mushroom.inference.threads") == 2);
  }

  @Test
  void fourTimesTheLoadIsAnsweredOrRefusedAndNothingElse() throws Exception {
    network.takeMillis(20); // two threads: not more than 100 a second
    int requests = 500;
    AtomicInteger longestQueue = new AtomicInteger();
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    List<Long> probeMillis = new ArrayList<>();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    var sending =
        clock.scheduleAtFixedRate(
            () -> {
              if (answers.size() < requests) {
                answers.add(
                    client.sendAsync(
                        upload(newPhoto(), answers.size() % 7),
                        HttpResponse.BodyHandlers.ofByteArray()));
                longestQueue.accumulateAndGet((int) gauge("mushroom.inference.queue"), Math::max);
              }
            },
            0,
            2_500,
            TimeUnit.MICROSECONDS);
    while (answers.size() < requests) {
      long start = System.nanoTime();
      assertThat(probe("liveness")).isEqualTo(200);
      assertThat(probe("readiness")).isEqualTo(200);
      probeMillis.add((System.nanoTime() - start) / 2_000_000);
    }
    sending.cancel(false);
    clock.shutdown();
    int answered = 0;
    for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
      HttpResponse<byte[]> response = answer.join();
      assertThat(response.statusCode()).as(text(response)).isIn(200, 503);
      if (response.statusCode() == 503) {
        problem(response);
        assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
      } else {
        answered++;
      }
    }
    assertThat(longestQueue.get()).isBetween(1, 8);
    assertThat(answered).isBetween(50, requests - 100);
    assertThat(probeMillis).as("probes under load").isNotEmpty().allMatch(millis -> millis < 1000);
    assertThat(identify(newPhoto()).statusCode()).as("well again").isEqualTo(200);
  }

  @Test
  void whoeverLeavesIsNotLookedAt() throws Exception {
    int before = network.forwards();
    int left = 0;
    for (int round = 0; round < 4; round++) {
      occupyAllThreads();
      List<Socket> leaving = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        leaving.add(send(newPhoto(), 10 + i));
        int waiting = i + 1;
        await(() -> gauge("mushroom.inference.queue") == waiting);
      }
      CompletableFuture<Integer> stays = identifyLater(20);
      await(() -> gauge("mushroom.inference.queue") == 7);
      for (Socket socket : leaving) {
        socket.close();
        left++;
      }
      if (round % 2 == 0) {
        await(() -> gauge("mushroom.inference.queue") == 1); // they make room without a turn
      }
      network.release();
      assertThat(stays.join()).isEqualTo(200);
      await(() -> gauge("mushroom.inference.active") == 0);
    }
    assertThat(left).isEqualTo(24);
    assertThat(network.forwards() - before)
        .as("4 that hung and 1 that stayed, each time")
        .isEqualTo(20);
    assertThat(counter("mushroom.inference.abandoned")).isGreaterThanOrEqualTo(24);
  }

  @Test
  void aHungForwardPassHurtsNobodyElse() throws Exception {
    network.hangNext(1);
    long start = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> hung = later(upload(newPhoto(), 1));
    await(() -> gauge("mushroom.inference.active") == 1);
    for (int i = 0; i < 20; i++) {
      assertThat(send(upload(newPhoto(), 2)).statusCode()).isEqualTo(200);
    }
    HttpResponse<byte[]> refused = hung.join();
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(problem(refused).path("detail").asString()).contains("too long");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(probe("liveness")).isEqualTo(200);
    assertThat(probe("readiness")).isEqualTo(200);
    await(() -> counter("mushroom.inference.hangs") > 0);
  }

  @Test
  void onlyReadinessGoesDownWhenEveryThreadHangs() throws Exception {
    network.hangNext(4);
    List<CompletableFuture<HttpResponse<byte[]>>> hung = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      hung.add(later(upload(newPhoto(), i)));
      int active = i + 1;
      await(() -> gauge("mushroom.inference.active") == active);
    }
    await(() -> probe("readiness") == 503);
    assertThat(probe("liveness")).isEqualTo(200);
    assertThat(probe("startup")).isEqualTo(200);
    HttpResponse<byte[]> refused = send(upload(newPhoto(), 9));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(hung).allMatch(answer -> answer.join().statusCode() == 503);
    network.release();
    await(() -> probe("readiness") == 200);
    assertThat(identify(newPhoto()).statusCode()).isEqualTo(200);
  }

  @Test
  void theSamePhotoIsLookedAtOnce() throws Exception {
    byte[] photo = newPhoto();
    int before = network.forwards();
    network.takeMillis(200);
    List<CompletableFuture<HttpResponse<byte[]>>> answers =
        IntStream.range(0, 6).mapToObj(i -> later(upload(photo, i))).toList();
    Set<String> ids = new HashSet<>();
    for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
      assertThat(answer.join().statusCode()).as(text(answer.join())).isEqualTo(200);
      ids.add(JSON.readTree(answer.join().body()).path("id").asString());
    }
    assertThat(ids).as("an answer of its own for each").hasSize(6);
    assertThat(network.forwards() - before).isEqualTo(1);
    double estimate = gauge("mushroom.inference.photo.millis");
    for (int i = 0; i < 20; i++) {
      assertThat(identify(photo).statusCode()).isEqualTo(200);
      assertThat(identify(new byte[] {1, 2, 3}).statusCode()).isEqualTo(415);
    }
    assertThat(gauge("mushroom.inference.photo.millis"))
        .as("neither hits nor refused photos make the line longer")
        .isEqualTo(estimate);
    String last = identified(photo).path("id").asString();
    assertThat(network.forwards() - before).isEqualTo(1);
    assertThat(get("/api/v1/identifications/" + last + "/heatmap").statusCode()).isIn(200, 404);
    assertThat(meters.get("mushroom.photos.seen").tag("result", "hit").counter().count())
        .isPositive();
  }

  @Test
  void aHopelessUploadIsRefusedBeforeItIsSent() throws Exception {
    occupyAllThreads();
    List<CompletableFuture<Integer>> waiting =
        IntStream.range(0, 8)
            .mapToObj(
                i -> {
                  CompletableFuture<Integer> answer = identifyLater(i);
                  await(() -> gauge("mushroom.inference.queue") == i + 1);
                  return answer;
                })
            .toList();
    RawHttp.Answer answer =
        RawHttp.send(port, head(5_000_000, 9, "Expect: 100-continue"), out -> {});
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(answer.body()).contains("/problems/busy");
    network.release();
    assertThat(waiting).allMatch(other -> other.join() == 200);
  }

  @Test
  void tellsHowItIs() throws Exception {
    identify(TestPhotos.red());
    identify(new byte[] {1, 2, 3});
    String metrics = text(send(HttpRequest.newBuilder(management("/prometheus")).build()));
    assertThat(metrics)
        .contains(
            "http_server_requests_seconds_count",
            "mushroom_problems_total{type=\"not-a-photo\"}",
            "mushroom_inference_queue",
            "mushroom_inference_wait_seconds_bucket",
            "mushroom_inference_refused_total{reason=\"queue_full\"}",
            "mushroom_inference_abandoned_total",
            "mushroom_inference_hangs_total",
            "mushroom_inference_hung",
            "mushroom_stage_seconds_bucket{stage=\"decode\"",
            "mushroom_stage_seconds_bucket{stage=\"preprocess\"",
            "mushroom_stage_seconds_bucket{stage=\"forward\"",
            "mushroom_stage_seconds_bucket{stage=\"postprocess\"",
            "mushroom_model_serving{version=",
            "mushroom_identifications_total{flag=\"poisonous\",mushroom=\"true\",rank=\"species\"}",
            "mushroom_answer_probability_bucket",
            "mushroom_gate_probability_bucket",
            "mushroom_photos_rejected_total{reason=\"not_an_image\"}",
            "mushroom_photos_seen_total{result=\"miss\"}",
            "mushroom_uploads_bytes",
            "mushroom_uploads_cut_total{reason=\"slow\"}");
  }

  /** The two and both spares. */
  private void occupyAllThreads() {
    network.hangNext(4);
    for (int i = 0; i < 4; i++) {
      identifyLater(30 + i);
      int active = i + 1;
      await(() -> gauge("mushroom.inference.active") == active);
    }
  }

  private CompletableFuture<Integer> identifyLater(int caller) {
    return later(upload(newPhoto(), caller)).thenApply(HttpResponse::statusCode);
  }

  private static CompletableFuture<HttpResponse<byte[]>> later(HttpRequest request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return send(request);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start());
  }

  private HttpRequest upload(byte[] photo, int caller) {
    return request(
            "/api/v1/identifications",
            "Content-Type",
            "multipart/form-data; boundary=" + Multipart.BOUNDARY,
            "X-Forwarded-For",
            "203.0.113." + caller)
        .POST(HttpRequest.BodyPublishers.ofByteArray(Multipart.photo(photo).end()))
        .build();
  }

  private Socket send(byte[] photo, int caller) throws IOException {
    Socket socket = new Socket("localhost", port);
    byte[] body = Multipart.photo(photo).end();
    socket
        .getOutputStream()
        .write(head(body.length, caller, "X-A: b").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    return socket;
  }

  private static String head(int length, int caller, String header) {
    return "POST /api/v1/identifications HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Type: multipart/form-data; boundary="
        + Multipart.BOUNDARY
        + "\r\nX-Forwarded-For: 203.0.113."
        + caller
        + "\r\nContent-Length: "
        + length
        + "\r\n"
        + header
        + "\r\n\r\n";
  }

  /** One that no other test has sent. */
  private static byte[] newPhoto() {
    int shade = SHADES.incrementAndGet();
    return TestPhotos.png(new Color(180 + shade / 4096, shade / 64 % 64, shade % 64), 32, 32);
  }

  private int probe(String group) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(management("/health/" + group)).build()).statusCode();
  }

  private URI management(String path) {
    return URI.create("http://localhost:" + managementPort + "/actuator" + path);
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  private double counter(String name) {
    return meters.get(name).counter().count();
  }
}
