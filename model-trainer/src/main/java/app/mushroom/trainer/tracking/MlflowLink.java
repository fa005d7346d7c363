package app.mushroom.trainer.tracking;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code runs/<run>/mlflow.json}: where a run lies on an MLflow server, so that it goes on there.
 *
 * @param server its address
 * @param artifacts where the server keeps the run's files
 * @param epochsSent the last epoch that the server has
 * @param modelVersions the server's number of each version that came of the run; absent before
 *     there is one, and in older files
 */
record MlflowLink(
    int schemaVersion,
    String server,
    String experimentId,
    String runId,
    String artifacts,
    int epochsSent,
    @Nullable Map<String, String> modelVersions) {

  static final String FILE = "mlflow.json";

  MlflowLink withEpochs(int epochs) {
    return new MlflowLink(
        schemaVersion, server, experimentId, runId, artifacts, epochs, modelVersions);
  }

  /** The server's number of a version; null if it is not known to be there. */
  @Nullable String numberOf(String version) {
    return modelVersions == null ? null : modelVersions.get(version);
  }

  MlflowLink withModelVersion(String version, String number) {
    Map<String, String> all = new TreeMap<>(modelVersions == null ? Map.of() : modelVersions);
    all.put(version, number);
    return new MlflowLink(schemaVersion, server, experimentId, runId, artifacts, epochsSent, all);
  }
}
