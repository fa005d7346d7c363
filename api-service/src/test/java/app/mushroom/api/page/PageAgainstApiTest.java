package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import app.mushroom.api.ApiServiceApplication;
import app.mushroom.api.model.ModelServed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    browser.until(
        "the species",
        b ->
            b.run(
                "const s = document.getElementById('feedback-label');"
                    + "return s.options.length > 50 ? ((s.selectedIndex = 9), true) : null"));
    browser.run("document.querySelector('.feedback form').requestSubmit()");
    browser.waitForText(".feedback", "Thank you");
    browser.screenshot("real-feedback");
  }

  @Test
  void saysThatATextFileIsNotAPhoto() throws IOException {
    open();
    browser.choose(Files.writeString(folder.resolve("notes.jpg"), "not a photo at all"));
    browser.click("#identify");
    browser.waitForText(".problem h2", "That is not a photo");
  }

  private void open() {
    String port = api == null ? "" : api.getEnvironment().getProperty("local.server.port", "");
    browser.open("http://127.0.0.1:" + port + "/", Screen.PHONE);
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
