package app.mushroom.trainer.torchscript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.trainer.training.Network;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module whose tensors lay on a GPU when it was saved says so for each of them. */
class SavedOnGpuTest {

  private static final String ON_PROCESSOR = "X\3\0\0\0cpu";
  private static final String ON_GPU = "X\6\0\0\0cuda:0";

  @TempDir Path folder;

  @Test
  void loadsWithoutAGpuAndIsSavedForTheProcessor() throws Exception {
    Path whole = folder.resolve("whole.pt");
    ClassifierScript.write(
        TinyBackbone.write(folder.resolve("backbone.pt")),
        whole,
        new float[2 * TinyBackbone.DIMENSIONS],
        new float[2],
        0);
    ScriptArchive archive = ScriptArchive.read(whole);
    String tree = new String(archive.get("data.pkl"), ISO_8859_1);
    assertThat(tree).contains(ON_PROCESSOR);
    archive.put("data.pkl", tree.replace(ON_PROCESSOR, ON_GPU).getBytes(ISO_8859_1));
    Path onGpu = folder.resolve("on-gpu.pt");
    archive.write(onGpu);

    Path saved = folder.resolve("saved.pt");
    try (Network network = Network.load(onGpu)) {
      network.save(saved);
    }
    assertThat(new String(ScriptArchive.read(saved).get("data.pkl"), ISO_8859_1))
        .contains("cpu")
        .doesNotContain("cuda");
    assertThat(ScriptTensors.read(saved))
        .containsExactlyInAnyOrderEntriesOf(ScriptTensors.read(whole));
  }
}
