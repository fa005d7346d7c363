package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import app.mushroom.api.page.StubServer.Reply;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as cameras write them, of 8 to 20 megapixels, some with the place they were taken at. */
class PageCameraPhotoTest extends PageTest {
  private static final Path CAMERA =
      Path.of(System.getProperty("mushroom.testdata", "../../shared"), "data", "camera");
  private static final int MOST_BYTES = 400_000;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "5a6ce7f88e8ceab8.jpg, 1200, 1600", // place, and turned a quarter
    "6efce91c98bfda51.jpg, 1600, 1200", // place, 12 megapixels
    "80c6e2d21d5834fb.jpg, 1600, 1200", // place, 12 megapixels
    "4ea40da3ee62f080.jpg, 1600, 1200", // 20 megapixels
    "a940d3a23631536b.jpg, 1128, 1600", // 17 megapixels, upright
  })
  void leavesSmallUprightAndWithoutPlace(String name, int width, int height) throws IOException {
    Path photo = CAMERA.resolve(name);
    if (!Files.isRegularFile(photo)) {
      String message = "There is no " + photo + "; set mushroom.testdata to where it is.";
      assertThat(System.getenv("MUSHROOM_TESTDATA")).as(message).isNull();
      abort(message);
    }
    String before = Files.readString(photo, StandardCharsets.ISO_8859_1);
    assertThat(before).contains("Exif\0\0");
    server.identificationsAnswer(Reply.json(200, Answers.poisonous()));
    open(Screen.PHONE);
    browser.choose(photo);
    browser.click("#identify");
    browser.waitFor(".answer");
    byte[] sent = photoSent();
    assertThat(sent.length).isLessThanOrEqualTo(MOST_BYTES);
    assertThat(new String(sent, StandardCharsets.ISO_8859_1))
        .as("none of the camera's metadata; the colour profile is the browser's own")
        .doesNotContain("Exif\0\0", "http://ns.adobe.com", "Photoshop 3.0");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(sent));
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
  }

  private byte[] photoSent() {
    StubServer.Received request = server.received("/identifications").get(0);
    String text = request.text();
    int start = text.indexOf("\r\n\r\n") + 4;
    int end = text.lastIndexOf("\r\n--", text.length() - 3);
    return Arrays.copyOfRange(request.body(), start, end);
  }
}
