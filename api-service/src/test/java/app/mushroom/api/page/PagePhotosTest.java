package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.page.StubServer.Reply;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What becomes of a photo before it is sent, and how photos get in and out. */
class PagePhotosTest extends PageTest {

  @Test
  void sendsItSmallUprightAndWithoutMetadata() throws IOException {
    server.identificationsAnswer(Reply.json(200, Answers.poisonous()));
    open(Screen.PHONE);
    browser.choose(TestPhotos.turned(folder, 2400, 1200, "SECRET-PLACE"));
    browser.click("#identify");
    browser.waitFor(".answer");
    byte[] sent = onlyPhotoSent();
    assertThat(new String(sent, StandardCharsets.ISO_8859_1)).doesNotContain("SECRET", "Exif");
    BufferedImage photo = ImageIO.read(new ByteArrayInputStream(sent));
    assertThat(photo.getWidth()).isEqualTo(800);
    assertThat(photo.getHeight()).isEqualTo(1600);
    assertThat(new Color(photo.getRGB(400, 200)).getRed()).as("red on top").isGreaterThan(200);
    assertThat(new Color(photo.getRGB(400, 1400)).getBlue()).isGreaterThan(200);
  }

  @Test
  void sendsWhatTheBrowserCannotReadAsItIs() throws IOException {
    server.identificationsAnswer(Reply.json(200, Answers.poisonous()));
    open(Screen.PHONE);
    Path tiff = TestPhotos.file(folder, "scan.tif", TestPhotos.mushroom(64, 48), "tiff");
    browser.choose(tiff);
    browser.waitForText("#photos", "No preview");
    browser.waitForText("#announcer", "It goes out as it is");
    browser.click("#identify");
    browser.waitFor(".answer");
    assertThat(onlyPhotoSent()).isEqualTo(Files.readAllBytes(tiff));
  }

  @Test
  void keepsThePersonsFileNameToItself() throws IOException {
    server.identificationsAnswer(Reply.json(200, Answers.poisonous()));
    open(Screen.PHONE);
    browser.choose(TestPhotos.jpeg(folder, "my-secret-spot.jpg", 64, 64));
    browser.click("#identify");
    browser.waitFor(".answer");
    assertThat(server.received("/identifications").get(0).text()).doesNotContain("secret-spot");
  }

  @Test
  void takesFivePhotosAndLeavesOutTheSixth() throws IOException {
    open(Screen.PHONE);
    Path[] six = new Path[6];
    for (int i = 0; i < six.length; i++) {
      six[i] = TestPhotos.jpeg(folder, "view" + i + ".jpg", 200, 150);
    }
    browser.choose(six);
    browser.waitForText(".problem h2", "Five photos are the most");
    assertThat(browser.shown("#photos li")).hasSize(5);
    assertThat(browser.shown("#more")).as("nothing to add with").isEmpty();
    browser.screenshot("phone-five");
  }

  @Test
  void takesAPhotoOutAgain() throws IOException {
    open(Screen.PHONE);
    browser.choose(
        TestPhotos.jpeg(folder, "one.jpg", 64, 64), TestPhotos.jpeg(folder, "two.jpg", 64, 64));
    browser.until("two photos", b -> b.shown("#photos li").size() == 2 ? true : null);
    browser.click("#photos li:first-child .remove");
    assertThat(browser.waitFor("#photos img").getAttribute("alt")).contains("two.jpg");
    assertThat(browser.focused().getAttribute("class")).contains("remove");
    browser.click("#photos .remove");
    browser.waitFor("#drop");
    assertThat(browser.focused().getAttribute("id")).isEqualTo("take");
  }

  @Test
  void takesDroppedAndPastedPhotos() {
    open(Screen.DESKTOP);
    give("drop", "dataTransfer", "cap.jpg");
    browser.until("one photo", b -> b.shown("#photos li").size() == 1 ? true : null);
    give("paste", "clipboardData", "gills.jpg");
    browser.until("two photos", b -> b.shown("#photos li").size() == 2 ? true : null);
  }

  @Test
  void refusesOtherFilesAtOnce() throws IOException {
    open(Screen.PHONE);
    browser.choose(Files.writeString(folder.resolve("notes.pdf"), "%PDF-1.7"));
    browser.waitForText(".problem", "That is not a photo");
    browser.click(".problem .button");
    browser.choose(Files.createFile(folder.resolve("nothing.jpg")));
    browser.waitForText(".problem", "empty");
    assertThat(server.received("/identifications")).isEmpty();
  }

  @Test
  void offersTheCameraOnATouchScreenOnly() {
    open(Screen.PHONE);
    assertThat(browser.shown("#take")).hasSize(1);
    assertThat(browser.run("return document.getElementById('camera').getAttribute('capture')"))
        .isEqualTo("environment");
    open(Screen.DESKTOP);
    assertThat(browser.shown("#take")).isEmpty();
  }

  private void give(String event, String field, String name) {
    browser.runAsync(
        "const [type, field, name, done] = arguments;"
            + "const canvas = document.createElement('canvas');"
            + "canvas.toBlob((blob) => {"
            + "  const data = new DataTransfer();"
            + "  data.items.add(new File([blob], name, {type: 'image/jpeg'}));"
            + "  const event = type === 'drop'"
            + "    ? new DragEvent(type, {[field]: data, bubbles: true, cancelable: true})"
            + "    : new ClipboardEvent(type, {[field]: data, bubbles: true});"
            + "  document.body.dispatchEvent(event); done(); }, 'image/jpeg');",
        event,
        field,
        name);
  }

  private byte[] onlyPhotoSent() {
    StubServer.Received request = server.received("/identifications").get(0);
    String text = request.text();
    int start = text.indexOf("\r\n\r\n") + 4;
    int end = text.lastIndexOf("\r\n--", text.length() - 3);
    return Arrays.copyOfRange(request.body(), start, end);
  }
}
