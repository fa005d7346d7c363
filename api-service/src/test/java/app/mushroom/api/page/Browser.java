package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One Chromium for the whole test run, with the few things that the page's tests do to it. */
final class Browser {

  private static final Path CHROMIUM = pathFrom("CHROMIUM", "/usr/bin/chromium");
  private static final Path CHROMEDRIVER = pathFrom("CHROMEDRIVER", "/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static @Nullable Browser instance;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
    // Anything the policy stopped was an injection all the same; count it from the first byte on.
    cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of(
            "source",
            "window.blocked = [];"
                + "document.addEventListener('securitypolicyviolation',"
                + " (e) => window.blocked.push(e.violatedDirective + ' ' + e.blockedURI));"));
  }

  /** Starts it on first use; without Chromium the test is skipped, or fails where CI=true. */
  static synchronized Browser get() {
    if (instance == null) {
      for (Path needed : List.of(CHROMIUM, CHROMEDRIVER)) {
        if (!Files.isExecutable(needed)) {
          String message =
              "The page's tests need Chromium and its driver; "
                  + needed
                  + " is not there. Install Debian's chromium and chromium-driver, or point"
                  + " CHROMIUM and CHROMEDRIVER at yours.";
          assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
          abort(message);
        }
      }
      instance = new Browser(start());
      Runtime.getRuntime().addShutdownHook(new Thread(instance.driver::quit));
    }
    return instance;
  }

  private static ChromeDriver start() {
    System.setProperty("SE_AVOID_STATS", "true");
    System.setProperty("SE_OFFLINE", "true");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toString());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars"); // the driver makes a fresh profile and takes it away again
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(CHROMEDRIVER.toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return driver;
  }

  private static Path pathFrom(String variable, String otherwise) {
    return Path.of(Optional.ofNullable(System.getenv(variable)).orElse(otherwise));
  }

  void open(String address, Screen screen) {
    drainLog();
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", screen.width(),
            "height", screen.height(),
            "deviceScaleFactor", 1,
            "mobile", screen.touch()));
    cdp("Emulation.setTouchEmulationEnabled", Map.of("enabled", screen.touch()));
    cdp(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", screen.scheme()),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    driver.get(address);
    waitFor("body.ready");
  }

  /** Takes away everything that this origin keeps here: waiting finds, versions, the worker. */
  void forget(String address) {
    driver.get("about:blank");
    cdp("Storage.clearDataForOrigin", Map.of("origin", address, "storageTypes", "all"));
  }

  /** As the person does it; what the page keeps stays. */
  void reload() {
    driver.navigate().refresh();
    waitFor("body.ready");
  }

  void offline(boolean now) {
    cdp("Network.enable", Map.of());
    cdp(
        "Network.emulateNetworkConditions",
        Map.of("offline", now, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /** The first element that the selector finds on display, waited for. */
  WebElement waitFor(String selector) {
    return until(selector, b -> b.shown(selector).stream().findFirst().orElse(null));
  }

  void waitForText(String selector, String text) {
    until(
        selector + " saying " + text,
        b -> b.shown(selector).stream().anyMatch(e -> e.getText().contains(text)) ? text : null);
  }

  <T> T until(String what, Function<Browser, @Nullable T> condition) {
    return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(40))
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> what + "; the page says:\n" + said())
        .until(d -> condition.apply(this));
  }

  private String said() {
    StringBuilder said = new StringBuilder(driver.findElement(By.tagName("body")).getText());
    driver.manage().logs().get(LogType.BROWSER).forEach(entry -> said.append('\n').append(entry));
    return said.toString();
  }

  List<WebElement> shown(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream()
        .filter(WebElement::isDisplayed)
        .toList();
  }

  String text(String selector) {
    return waitFor(selector).getText();
  }

  void click(String selector) {
    waitFor(selector).click();
  }

  void choose(Path... files) {
    List<String> paths = new ArrayList<>();
    for (Path file : files) {
      paths.add(file.toAbsolutePath().normalize().toString());
    }
    driver.findElement(By.id("gallery")).sendKeys(String.join("\n", paths));
  }

  @Nullable Object run(String script, @Nullable Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  @Nullable Object runAsync(String script, @Nullable Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  Map<String, Object> cdp(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Console errors, and what the content security policy stopped; refused requests aside. */
  List<String> complaints() {
    List<String> found = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      boolean refusedRequest =
          entry.getMessage().contains("Failed to load resource")
              || entry.getMessage().contains("net::ERR_");
      if (entry.getLevel().intValue() >= Level.WARNING.intValue() && !refusedRequest) {
        found.add(entry.getMessage());
      }
    }
    if (run("return window.blocked") instanceof List<?> blocked) {
      blocked.forEach(one -> found.add("stopped by the policy: " + one));
    }
    return found;
  }

  private void drainLog() {
    driver.manage().logs().get(LogType.BROWSER);
  }

  void screenshot(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
