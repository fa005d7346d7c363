package app.mushroom.vision.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every decompression bomb sixteen times at once, in a Java of its own with a small heap. */
class BombsInLittleMemoryTest {
  private static final int AT_ONCE = 16;
  private static final String HEAP = "-Xmx320m";

  @Test
  void breakNothing() throws Exception {
    List<String> bombs =
        Corpus.read().entries().stream()
            .filter(entry -> entry.kind().equals("bomb"))
            .map(entry -> entry.path().toString())
            .toList();
    assertThat(bombs).isNotEmpty();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(HEAP, "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BombsInLittleMemoryTest.class.getName());
    command.addAll(bombs);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains("decided " + AT_ONCE * bombs.size());
  }

  /** Decodes each file in 16 threads at once, as the API does. */
  public static void main(String[] files) throws Exception {
    PhotoDecoder decoder = new PhotoDecoder(192L << 20, 256L << 20);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    int decided = 0;
    for (String file : files) {
      byte[] bytes = java.nio.file.Files.readAllBytes(Path.of(file));
      Callable<Boolean> decode = () -> decides(decoder, bytes);
      for (Future<Boolean> each :
          threads.invokeAll(java.util.Collections.nCopies(AT_ONCE, decode))) {
        if (each.get()) {
          decided++;
        }
      }
    }
    threads.shutdown();
    System.out.println("decided " + decided);
  }

  private static boolean decides(PhotoDecoder decoder, byte[] bytes) throws IOException {
    try {
      return decoder.decode(bytes, 472).width() > 0;
    } catch (PhotoRejectedException e) {
      return e.reason() != PhotoRejectedException.Reason.OUT_OF_MEMORY || e.getCause() == null;
    }
  }
}
