package app.mushroom.trainer.tracking;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which MLflow server to use, as MLflow's own clients are told: by environment variables.
 *
 * @param server {@code http} or {@code https}, without user and password, without a final slash
 * @param authorization value of the header of that name; null for none
 * @param experiment null for one named as the model
 * @param withNetwork whether a published network is sent as well, not only what describes it
 */
record MlflowSettings(
    URI server, @Nullable String authorization, @Nullable String experiment, boolean withNetwork) {

  static final String URI_VARIABLE = "MLFLOW_TRACKING_URI";

  /**
   * @return empty if no server is named
   * @throws IllegalArgumentException if what is named is not the address of a server; the message
   *     repeats no user and no password
   */
  static Optional<MlflowSettings> from(Map<String, String> environment) {
    String address = environment.getOrDefault(URI_VARIABLE, "").strip();
    if (address.isEmpty()) {
      return Optional.empty();
    }
    URI given = address(address);
    String experiment = environment.getOrDefault("MLFLOW_EXPERIMENT_NAME", "").strip();
    return Optional.of(
        new MlflowSettings(
            withoutUser(given),
            authorization(given, environment),
            experiment.isEmpty() ? null : experiment,
            environment.getOrDefault("MUSHROOM_MLFLOW_NETWORK", "").equals("true")));
  }

  private static URI address(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw unusable(text, e);
    }
    throw unusable(text, null);
  }

  private static IllegalArgumentException unusable(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "Expected "
            + URI_VARIABLE
            + " to be the http:// or https:// address of an MLflow server, found \""
            + text.replaceFirst("//.*@", "//…@")
            + "\". For a file or a database, start a server on it: mlflow server.",
        cause == null ? null : new IllegalArgumentException("not an address"));
  }

  private static URI withoutUser(URI given) {
    try {
      String path = given.getPath() == null ? "" : given.getPath().replaceFirst("/+$", "");
      return new URI(given.getScheme(), null, given.getHost(), given.getPort(), path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("parts of an address make an address", e);
    }
  }

  private static @Nullable String authorization(URI given, Map<String, String> environment) {
    String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
    if (!user.isEmpty() && !password.isEmpty()) {
      return basic(user + ":" + password);
    }
    if (!token.isEmpty()) {
      return "Bearer " + token;
    }
    return given.getUserInfo() == null ? null : basic(given.getUserInfo());
  }

  private static String basic(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return server.toString();
  }
}
