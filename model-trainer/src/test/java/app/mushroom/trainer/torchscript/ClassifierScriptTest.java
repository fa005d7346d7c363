package app.mushroom.trainer.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierScriptTest {

  private static final int D = TinyBackbone.DIMENSIONS;

  @TempDir Path folder;

  @Test
  void keepsEveryTensorOfTheBackboneAndAddsTheHead() throws Exception {
    Path backbone = TinyBackbone.write(folder.resolve("backbone.pt"));
    Path whole = folder.resolve("whole.pt");
    ClassifierScript.write(backbone, whole, new float[3 * D], new float[] {1, 2, 3}, 0.2);

    var before = ScriptTensors.read(backbone);
    var after = ScriptTensors.read(whole);
    assertThat(before).containsOnlyKeys("weight", "gamma", "beta", "running_mean", "running_var");
    assertThat(after).hasSize(7).containsKeys("head_weight", "head_bias");
    before.forEach((name, bytes) -> assertThat(after.get("backbone." + name)).isEqualTo(bytes));
  }

  @Test
  void refusesAFileThatIsNoArchive() throws Exception {
    Path file = Files.writeString(folder.resolve("page.pt"), "<html>not found</html>");
    assertThatThrownBy(() -> write(file))
        .isInstanceOf(NotTorchScriptException.class)
        .hasMessageContaining("Expected a TorchScript module")
        .hasMessageContaining("page.pt")
        .hasMessageContaining("--backbone");
  }

  @Test
  void refusesAnEmptyFile() throws Exception {
    Path file = Files.createFile(folder.resolve("empty.pt"));
    assertThatThrownBy(() -> write(file)).isInstanceOf(NotTorchScriptException.class);
  }

  @Test
  void refusesAStateDictionaryWithoutCode() throws Exception {
    Path file = folder.resolve("weights.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.write(new byte[] {(byte) 0x80, 2, '}', '.'});
      zip.closeEntry();
    }
    assertThatThrownBy(() -> write(file))
        .isInstanceOf(NotTorchScriptException.class)
        .hasMessageContaining("constants.pkl");
  }

  @Test
  void refusesAWholeClassifierAsBackbone() throws Exception {
    Path backbone = TinyBackbone.write(folder.resolve("backbone.pt"));
    Path whole = folder.resolve("whole.pt");
    ClassifierScript.write(backbone, whole, new float[2 * D], new float[2], 0);
    assertThatThrownBy(() -> write(whole)).hasMessageContaining("already a whole classifier");
  }

  private void write(Path backbone) throws Exception {
    ClassifierScript.write(backbone, folder.resolve("out.pt"), new float[2 * D], new float[2], 0);
  }
}
