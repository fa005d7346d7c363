package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.ApiServiceApplication;
import app.mushroom.api.fixture.TestPhotos;
import app.mushroom.api.fixture.TinyBundle;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM to a process of its own, under load. */
class StopTest {
  private static final byte[] PHOTO = TestPhotos.png(TestPhotos.RED, 1500, 1200);

  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicBoolean notReady = new AtomicBoolean();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  @TempDir Path folder;

  @Test
  void whatIsUnderWayIsAnsweredAndReadinessGoesFirst() throws Exception {
    stopUnderLoad();
  }

  @RepeatedTest(20)
  @EnabledIfSystemProperty(named = "mushroom.test.long", matches = "true")
  void twentyTimes() throws Exception {
    stopUnderLoad();
  }

  private void stopUnderLoad() throws Exception {
    TinyBundle.publishAndPromote(folder.resolve("store"));
    int port = freePort();
    int managementPort = freePort();
    Process service = start(port, managementPort);
    try {
      ServiceTest.await(() -> readiness(managementPort) == 200 || !service.isAlive());
      List<Thread> clients =
          IntStream.range(0, 6).mapToObj(i -> new Thread(() -> ask(port))).toList();
      clients.forEach(Thread::start);
      ServiceTest.await(() -> answered.get() >= 12);

      service.destroy(); // SIGTERM
      ServiceTest.await(() -> readiness(managementPort) != 200);
      assertThat(readiness(managementPort)).as("it says so, and is still there").isEqualTo(503);
      notReady.set(true); // whoever spreads the load has heard of it
      for (Thread client : clients) {
        client.join();
      }
      assertThat(failures).isEmpty();
      assertThat(service.waitFor(30, TimeUnit.SECONDS)).as("gone within 30 s").isTrue();
      assertThat(service.exitValue()).as("ended by SIGTERM").isEqualTo(128 + 15);
    } finally {
      notReady.set(true);
      service.destroyForcibly();
    }
  }

  /** One connection a request, until the service is known not to be ready. */
  private void ask(int port) {
    byte[] body = Multipart.photo(PHOTO).end();
    String head =
        "POST /api/v1/identifications HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: multipart/form-data; boundary="
            + Multipart.BOUNDARY
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    while (!notReady.get()) {
      try {
        RawHttp.Answer answer = RawHttp.send(port, head, out -> out.write(body));
        if (answer.status() != 200) {
          failures.add(answer.toString());
        }
        answered.incrementAndGet();
      } catch (ConnectException e) {
        failures.add("The port was closed before readiness was seen to be down");
        return;
      } catch (IOException | RuntimeException e) {
        failures.add(e.toString());
        return;
      }
    }
  }

  private Process start(int port, int managementPort) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("java.class.path"),
            ApiServiceApplication.class.getName(),
            "--server.port=" + port,
            "--management.server.port=" + managementPort,
            "--mushroom.store=" + folder.resolve("store"),
            "--mushroom.model.poll-every=100ms",
            "--mushroom.model.starter=classpath:none",
            "--mushroom.inference.start-within=20s",
            "--mushroom.inference.limit=20s",
            "--mushroom.clients.linger=1s",
            "--spring.datasource.url=jdbc:h2:mem:stop")
        .redirectErrorStream(true)
        .redirectOutput(Files.createFile(folder.resolve("log-" + port)).toFile())
        .start();
  }

  /** 0 when nobody answers. */
  private static int readiness(int port) {
    try {
      return RawHttp.send(
              port,
              "GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection:"
                  + " close\r\n\r\n",
              out -> {})
          .status();
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
