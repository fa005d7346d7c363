package app.mushroom.trainer.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowSettingsTest {

  @Test
  void thereAreNoneWithoutAnAddress() {
    assertThat(MlflowSettings.from(Map.of())).isEmpty();
    assertThat(MlflowSettings.from(Map.of("MLFLOW_TRACKING_URI", " "))).isEmpty();
  }

  @Test
  void readUserAndPasswordBeforeAToken() {
    MlflowSettings both =
        settings(
            Map.of(
                "MLFLOW_TRACKING_URI", "https://host:5000/base/",
                "MLFLOW_TRACKING_USERNAME", "u",
                "MLFLOW_TRACKING_PASSWORD", "p",
                "MLFLOW_TRACKING_TOKEN", "t",
                "MLFLOW_EXPERIMENT_NAME", "autumn"));
    assertThat(both.server()).hasToString("https://host:5000/base");
    assertThat(both.authorization()).isEqualTo("Basic dTpw");
    assertThat(both.experiment()).isEqualTo("autumn");
    assertThat(
            settings(Map.of("MLFLOW_TRACKING_URI", "http://h", "MLFLOW_TRACKING_TOKEN", "t"))
                .authorization())
        .isEqualTo("Bearer t");
  }

  @Test
  void credentialsInTheAddressAreUsedAndNeverShown() {
    MlflowSettings settings = settings(Map.of("MLFLOW_TRACKING_URI", "http://u:hidden@host:5000"));
    assertThat(settings.authorization()).isEqualTo("Basic dTpoaWRkZW4=");
    assertThat(settings.toString()).isEqualTo("http://host:5000");
    assertThatThrownBy(() -> settings(Map.of("MLFLOW_TRACKING_URI", "ftp://u:hidden@host")))
        .hasMessageContaining("MLFLOW_TRACKING_URI")
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(() -> settings(Map.of("MLFLOW_TRACKING_URI", "http://u:hidden@ho st")))
        .hasMessageNotContaining("hidden")
        .hasStackTraceContaining("MLFLOW_TRACKING_URI")
        .satisfies(e -> assertThat(e.getCause()).hasMessageNotContaining("hidden"));
  }

  @Test
  void refuseWhatIsNoServer() {
    for (String wrong : List.of("sqlite:///x.db", "file:./mlruns", "databricks", "./mlruns")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> settings(Map.of("MLFLOW_TRACKING_URI", wrong)))
          .withMessageContaining("mlflow server");
    }
  }

  @Test
  void aWrongSettingIsToldOnceAndTheStoreWorks(@TempDir Path folder) throws Exception {
    List<String> notices = new ArrayList<>();
    ObjectStore plain = ObjectStores.open(folder.toString());
    Map<String, String> wrong = Map.of("MLFLOW_TRACKING_URI", "nowhere");
    try (ObjectStore store = Tracking.watch(plain, wrong, notices::add)) {
      assertThat(store).isSameAs(plain);
      new RecordedRun(store).begin().epoch(0.5);
      assertThat(store.find(ObjectKey.of("runs", RecordedRun.RUN, "params.json"))).isPresent();
    }
    assertThat(notices).hasSize(1);
    assertThat(notices.get(0)).contains("\"nowhere\"", "Going on without it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tracking.send(plain, List.of(), Map.of(), notices::add))
        .withMessageContaining("MLFLOW_TRACKING_URI");
  }

  private static MlflowSettings settings(Map<String, String> environment) {
    return MlflowSettings.from(environment).orElseThrow();
  }
}
