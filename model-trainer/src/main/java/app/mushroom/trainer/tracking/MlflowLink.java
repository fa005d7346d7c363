package app.mushroom.trainer.tracking;

import org.jspecify.annotations.Nullable;

/**
 * {@code runs/<run>/mlflow.json}: where a run lies on an MLflow server, so that it goes on there.
 *
 * @param server its address
 * @param artifacts where the server keeps the run's files
 * @param epochsSent the last epoch that the server has
 * @param modelVersion the server's number of the published version; null before there is one
 */
record MlflowLink(
    int schemaVersion,
    String server,
    String experimentId,
    String runId,
    String artifacts,
    int epochsSent,
    @Nullable String modelVersion) {

  static final String FILE = "mlflow.json";

  MlflowLink withEpochs(int epochs) {
    return new MlflowLink(
        schemaVersion, server, experimentId, runId, artifacts, epochs, modelVersion);
  }

  MlflowLink withModelVersion(String version) {
    return new MlflowLink(
        schemaVersion, server, experimentId, runId, artifacts, epochsSent, version);
  }
}
