package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the tests against the scripted server share. After each, the console must be clean. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageTest {

  /** The module's folder is the working directory of its tests. */
  static final Path PAGE = Path.of("..", "frontend-simple");

  @TempDir Path folder;

  Browser browser;
  StubServer server;

  /**
   * Before each, not before all, so that every test is counted as skipped where Chromium is
   * missing.
   */
  @BeforeEach
  void start() throws IOException {
    browser = Browser.get();
    if (server == null) {
      server = new StubServer(PAGE);
    }
    browser.forget(server.address());
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void leavesNoComplaints() {
    if (server != null) {
      server.forget();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  void open(Screen screen) {
    browser.open(server.address(), screen);
  }

  void openWithPhoto(Screen screen) throws IOException {
    open(screen);
    browser.choose(TestPhotos.jpeg(folder, "find.jpg", 800, 600));
    browser.waitFor("#identify");
  }

  void identify(Screen screen, StubServer.Reply reply) throws IOException {
    server.identificationsAnswer(reply);
    openWithPhoto(screen);
    browser.click("#identify");
  }

  void answerOn(Screen screen, String json) throws IOException {
    identify(screen, StubServer.Reply.json(200, json));
    browser.waitFor(".answer");
  }
}
