package app.mushroom.storage;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;

/** Whether containers can run here: where not, tests are skipped, on CI they fail. */
final class Engine {
  private static String missing = "";

  private Engine() {}

  static void require() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      missing("Expected a container engine (docker info), found none.");
    }
  }

  /** Starts a container, if its image is here or can be had. */
  static void start(GenericContainer<?> container) {
    if (!missing.isEmpty()) {
      missing(missing); // not to wait for the same image again
    }
    try {
      require();
      container.start();
    } catch (ContainerFetchException e) {
      missing("Expected an image, found none: " + e.getMessage());
    }
  }

  private static void missing(String what) {
    missing = what;
    if ("true".equals(System.getenv("CI"))) {
      fail(what + " On CI these tests must run.");
    }
    Assumptions.abort(what + " Skipped: these tests run where it is there.");
  }
}
