package app.mushroom.collector.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyTest {

  @Test
  void readsAllPartsOfAPackedBodyAlthoughOneHasNotComeYet() throws IOException {
    // Says at the end of the first part that nothing is there yet.
    InputStream slow = new SequenceInputStream(packed("first "), packed("second"));
    assertThat(new Body(slow, 100).read("gzip", false)).asString().isEqualTo("first second");
  }

  private static InputStream packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
