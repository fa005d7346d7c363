package app.mushroom.api.feedback;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A PostgreSQL server in a container, one for all tests; or the one that MUSHROOM_TEST_POSTGRES
 * names, as {@code jdbc:postgresql://host/database?user=…&password=…}. Where there is neither,
 * tests are skipped; on CI they fail.
 */
final class Postgres {
  private static final String IMAGE = "postgres:18-alpine";
  private static final int PORT = 5432;

  private static String url = "";
  private static String missing = "";

  private Postgres() {}

  static synchronized void require() {
    String named = System.getenv("MUSHROOM_TEST_POSTGRES");
    if (named != null) {
      url = named;
    }
    if (url.isEmpty() && missing.isEmpty()) {
      start();
    }
    if (url.isEmpty()) {
      if ("true".equals(System.getenv("CI"))) {
        fail(missing + " On CI these tests must run.");
      }
      Assumptions.abort(missing + " Skipped: these tests run where it is there.");
    }
  }

  static String url() {
    return url;
  }

  private static void start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      missing = "Expected a container engine (docker info), found none.";
      return;
    }
    try {
      GenericContainer<?> container =
          new GenericContainer<>(IMAGE)
              .withExposedPorts(PORT)
              .withEnv("POSTGRES_PASSWORD", "test")
              .withEnv("POSTGRES_DB", "mushroom")
              // Not its log: that also tells of the server that sets the database up.
              .waitingFor(Wait.forListeningPort());
      container.start();
      Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
      url =
          "jdbc:postgresql://%s:%d/mushroom?user=postgres&password=test"
              .formatted(container.getHost(), container.getMappedPort(PORT));
    } catch (ContainerFetchException e) {
      missing = "Expected the image " + IMAGE + ", found none: " + e.getMessage();
    }
  }
}
