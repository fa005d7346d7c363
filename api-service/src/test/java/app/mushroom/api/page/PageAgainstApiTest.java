package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import app.mushroom.api.ApiServiceApplication;
import app.mushroom.api.model.ModelServed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/** The page, the API and the starter model as they ship, with real photos. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageAgainstApiTest {

  private static final String STARTER = "/starter-model/bundle.json";
  private static final Path DATA = Path.of(System.getProperty("mushroom.testdata", "../../shared"));

  @TempDir static Path store;

  @TempDir Path folder;

  private Browser browser;
  private @Nullable ConfigurableApplicationContext api;

  /**
   * Before each, not before all, so that every test is counted as skipped where something misses.
   */
  @BeforeEach
  void start() throws InterruptedException {
    if (api != null) {
      return;
    }
    if (getClass().getResource(STARTER) == null) {
      missing("The starter model is not built yet: no " + STARTER + " on the classpath.");
    }
    browser = Browser.get();
    CountDownLatch modelServes = new CountDownLatch(1);
    ApplicationListener<ApplicationEvent> served =
        event -> {
          if (event instanceof PayloadApplicationEvent<?> said
              && said.getPayload() instanceof ModelServed) {
            modelServes.countDown();
          }
        };
    api =
        new SpringApplicationBuilder(ApiServiceApplication.class)
            .listeners(served)
            .run(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:page",
                "--mushroom.store=" + store);
    assertThat(modelServes.await(2, TimeUnit.MINUTES))
        .as("a model serves within 2 minutes")
        .isTrue();
  }

  @AfterAll
  void stop() {
    if (api != null) {
      api.close();
    }
  }

  @AfterEach
  void leavesNoComplaints() {
    if (api != null) {
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void identifiesARealPhotoShowsWhereItLookedAndTakesACorrection() throws IOException {
    Path photo = photoOf("amanita_muscaria");
    open();
    browser.choose(photo);
    browser.click("#identify");
    browser.waitFor(".answer");
    assertThat(browser.text(".answer .small-print")).contains("version starter");
    assertThat(browser.text(".danger-word")).doesNotContain("Not known");
    assertThat(browser.text(".answer .name")).isNotBlank();
    browser.screenshot("real-answer");
    browser.run("document.querySelector('.heatmap button').click()");
    browser.until(
        "the heatmap",
        b -> b.run("return document.querySelector('.heatmap img')?.naturalWidth > 0 || null"));
    browser.run("document.querySelectorAll('.verdicts button')[1].click()");
    browser.waitFor("#feedback-label").sendKeys("panther");
    browser.waitForText("[role=option]", "Amanita pantherina");
    browser.waitFor("#feedback-label").sendKeys(Keys.ARROW_DOWN, Keys.ENTER);
    browser.run("document.querySelector('.feedback form').requestSubmit()");
    browser.waitForText(".feedback", "Thank you");
    browser.screenshot("real-feedback");
    browser.run("document.querySelector('.feedback .button').click()");
    browser.waitForText(".feedback", "Taken back");
  }

  @Test
  void saysThatATextFileIsNotAPhoto() throws IOException {
    open();
    browser.choose(Files.writeString(folder.resolve("notes.jpg"), "not a photo at all"));
    browser.click("#identify");
    browser.waitForText(".problem h2", "That is not a photo");
  }

  /**
   * Every view and the main states on three screens, as people meet them. With {@code
   * -Dmushroom.page.sheet=FILE} the contact sheet goes there, such as {@code
   * ../docs/images/page.jpg}.
   */
  @Test
  void theTourOfAllViewsOnThreeScreens() throws IOException {
    List<Screen> screens = List.of(Screen.PHONE, Screen.TABLET, Screen.DESKTOP);
    List<String> states = List.of();
    for (Screen screen : screens) {
      states = tour(screen);
    }
    String to = System.getProperty("mushroom.page.sheet", "target/screenshots/contact-sheet.jpg");
    ContactSheet.write(Path.of("target", "screenshots"), states, screens, Path.of(to));
    assertThat(Path.of(to)).isNotEmptyFile();
  }

  @Test
  void theFirstViewTakesFewBytes() {
    browser.forget(address());
    browser.cdp("Network.clearBrowserCache", Map.of());
    visit(Screen.PHONE);
    Map<?, ?> seen = PageSpeedTest.firstView(browser);
    System.out.printf(
        "First view from the API: %s bytes on the wire in %s files%n",
        seen.get("bytes"), seen.get("files"));
    assertThat(((Number) seen.get("bytes")).intValue())
        .isPositive()
        .isLessThan(PageSpeedTest.MOST_BYTES);
  }

  private List<String> tour(Screen screen) throws IOException {
    List<String> seen = new ArrayList<>();
    open(screen);
    shoot(screen, "start", seen);
    browser.choose(photoOf("amanita_phalloides"), photoOf("amanita_muscaria"));
    browser.until("two photos", b -> b.shown("#photos li").size() == 2 ? true : null);
    shoot(screen, "photos", seen);
    answerTo(screen, photoOf("amanita_phalloides"));
    shoot(screen, "deadly", seen);
    browser.run(
        "document.querySelector('.heatmap button').click();"
            + "document.querySelectorAll('.verdicts button')[1].click()");
    browser.until(
        "the heatmap",
        b -> b.run("return document.querySelector('.heatmap img')?.naturalWidth > 0 || null"));
    browser.run("document.querySelector('.heatmap').scrollIntoView()");
    shoot(screen, "heatmap", seen);
    answerTo(screen, photoOf("cantharellus_cibarius"));
    shoot(screen, "not-known", seen);
    answerTo(screen, notMushroom());
    shoot(screen, "cannot-tell", seen);
    visit(screen);
    if (browser.shown("#start").isEmpty()) {
      browser.run("document.getElementById('clear').click()");
    }
    browser.choose(Files.writeString(folder.resolve("broken.jpg"), "not a photo at all"));
    browser.waitFor(".problem, #identify");
    if (browser.shown(".problem").isEmpty()) {
      browser.click("#identify");
      browser.waitFor(".problem");
    }
    shoot(screen, "problem", seen);
    show(screen, "finds", "My finds", "finds", seen);
    show(screen, "species", "Species", "species", seen);
    show(screen, "species/amanita_phalloides", "Death cap", "species-page", seen);
    show(screen, "models", "Models", "models", seen);
    show(screen, "models/starter", "Starter model", "model-card", seen);
    show(screen, "about", "About", "about", seen);
    show(screen, "privacy", "Privacy", "privacy", seen);
    return seen;
  }

  private void show(Screen screen, String view, String heading, String state, List<String> seen) {
    browser.run("location.hash = '#/' + arguments[0]", view);
    browser.waitForText("#view h2", heading);
    shoot(screen, state, seen);
  }

  private void answerTo(Screen screen, Path photo) {
    visit(screen);
    if (browser.shown("#start").isEmpty()) {
      browser.run("document.getElementById('clear').click()");
    }
    browser.choose(photo);
    browser.waitFor("#identify");
    browser.until("enabled", b -> b.waitFor("#identify").isEnabled() ? true : null);
    browser.run("document.getElementById('identify').click()");
    browser.waitFor(".answer");
  }

  private void shoot(Screen screen, String state, List<String> seen) {
    browser.screenshot(screen + "-tour-" + state);
    seen.add(state);
  }

  private static Path notMushroom() throws IOException {
    Path photos = DATA.resolve("data").resolve("not_mushroom");
    if (!Files.isDirectory(photos)) {
      missing("There are no photos of other things in " + photos + ".");
    }
    try (Stream<Path> all = Files.list(photos)) {
      return all.sorted().findFirst().orElseThrow();
    }
  }

  private void open() {
    open(Screen.PHONE);
  }

  /** As on a first visit. */
  private void open(Screen screen) {
    browser.forget(address());
    visit(screen);
  }

  /** With all that earlier visits left on the device. */
  private void visit(Screen screen) {
    browser.open(address(), screen);
  }

  private String address() {
    String port = api == null ? "" : api.getEnvironment().getProperty("local.server.port", "");
    return "http://127.0.0.1:" + port + "/";
  }

  private static Path photoOf(String label) throws IOException {
    Path photos = DATA.resolve("data").resolve("photos").resolve(label);
    if (!Files.isDirectory(photos)) {
      missing(
          "There are no test photos in " + photos + "; set mushroom.testdata to where they are.");
    }
    try (Stream<Path> all = Files.list(photos)) {
      return all.sorted().findFirst().orElseThrow();
    }
  }

  private static void missing(String message) {
    assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
    abort(message);
  }
}
