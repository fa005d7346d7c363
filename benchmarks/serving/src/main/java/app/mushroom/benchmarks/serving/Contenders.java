package app.mushroom.benchmarks.serving;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The services that are measured beside one another, and how each is started. */
final class Contenders {
  @Option(names = "--root", required = true, description = "checkout of the project")
  Path root = Path.of(".");

  @Option(names = "--bundle", required = true, description = "folder of the bundle that all serve")
  Path bundle = Path.of(".");

  @Option(names = "--photos", required = true, description = "folder of camera files (JPEG)")
  Path photos = Path.of(".");

  @Option(names = "--python", description = "Python with the packages of peers/requirements.txt")
  @Nullable Path python;

  @Option(names = "--logs", required = true, description = "folder for the output of the services")
  Path logs = Path.of(".");

  private final int processors = Runtime.getRuntime().availableProcessors();

  Bundle bundle() {
    return Bundle.read(bundle);
  }

  Service start(Service.Plan plan) throws IOException, InterruptedException {
    Files.createDirectories(logs);
    return Service.start(plan, logs.resolve(plan.name().replaceAll("[^a-z0-9]+", "-") + ".log"));
  }

  /** Starts the API, which has been built and started before, so that its start is no first one. */
  Service startOurs() throws IOException, InterruptedException {
    start(ours()).close();
    return start(ours());
  }

  /** As {@code ./mushroom serve} starts it, on ports and with a store of its own. */
  private Service.Plan ours() throws IOException {
    int port = freePort();
    int management = freePort();
    Path store = Files.createTempDirectory("serving-benchmark-");
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            root.resolve("mushroom").toString(),
            "serve",
            "--port=" + port,
            "--management.server.port=" + management,
            "--store=" + store,
            "--mushroom.model.starter=" + bundle.toAbsolutePath().toUri()));
    return new Service.Plan(
        "ours",
        command,
        Map.of(
            "SPRING_DATASOURCE_URL",
            "jdbc:h2:file:" + store.resolve("db") + ";DB_CLOSE_ON_EXIT=FALSE"),
        port,
        "/api/v1/identifications",
        management,
        "/actuator/health/readiness");
  }

  List<Service.Plan> peers() throws IOException {
    List<Service.Plan> peers = new ArrayList<>();
    if (python != null) {
      peers.add(uvicorn("FastAPI, PyTorch, by an expert", "expert", processors, "torch"));
      peers.add(uvicorn("FastAPI, PyTorch, as usual", "usual", 1, "torch"));
      peers.add(
          uvicorn("FastAPI, ONNX Runtime, by an expert", "expert", processors, "onnxruntime"));
    }
    peers.add(documented());
    return peers;
  }

  private Service.Plan uvicorn(String name, String module, int workers, String engine)
      throws IOException {
    int port = freePort();
    Bundle served = bundle();
    return new Service.Plan(
        name,
        List.of(
            Optional.ofNullable(python).orElseThrow().toString(),
            "-m",
            "uvicorn",
            module + ":app",
            "--app-dir",
            root.resolve("benchmarks/serving/peers").toString(),
            "--port",
            String.valueOf(port),
            "--workers",
            String.valueOf(workers),
            "--log-level",
            "warning"),
        Map.of(
            "BUNDLE",
            served.folder().toString(),
            "SIZE",
            String.valueOf(served.preprocessing().size()),
            "SHORT_SIDE",
            String.valueOf(served.preprocessing().resizeShortSide()),
            "ENGINE",
            engine),
        port,
        "/predict",
        port,
        "/health");
  }

  private Service.Plan documented() throws IOException {
    int port = freePort();
    Bundle served = bundle();
    return new Service.Plan(
        "Spring Boot, as DJL's documentation shows it",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DocumentedApplication.class.getName(),
            "--server.port=" + port,
            "--bundle=" + served.folder(),
            "--size=" + served.preprocessing().size(),
            "--short-side=" + served.preprocessing().resizeShortSide()),
        Map.of("DJL_OFFLINE", "true", "OPT_OUT_TRACKING", "true"),
        port,
        "/predict",
        port,
        "/health");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
