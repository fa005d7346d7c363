package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.page.StubServer.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.WebElement;

/** Every view has an address, comes back on reload and with Back, and reads well. */
class PageViewsTest extends PageTest {

  @BeforeEach
  void fillTheApi() {
    server.speciesAnswer(
        Reply.json(
            200,
            Answers.species(
                List.of(
                    item("amanita_phalloides", "Amanita phalloides", "death cap", "deadly"),
                    item("amanita_muscaria", "Amanita muscaria", "fly agaric", "poisonous"),
                    item("boletus_edulis", "Boletus edulis", "cep", "not_known_poisonous"),
                    item("mycena", "Mycena", "bonnet", "odd")))));
    server.answers("species/amanita_phalloides", Reply.json(200, details("Amanita phalloides")));
    server.answers("species/nothing", Reply.json(404, "{}"));
    server.answers("models", Reply.json(200, Answers.json(Map.of("models", List.of(model("3"))))));
    server.answers(
        "leaderboard",
        Reply.json(
            200, Answers.json(Map.of("entries", List.of(Map.of("rank", 1, "model", model("3")))))));
    server.answers("models/3", Reply.json(200, Answers.json(model("3"))));
    server.answers("models/9", Reply.json(404, "{}"));
  }

  @ParameterizedTest
  @CsvSource({
    "#/finds, My finds, My finds",
    "#/finds/none, This find is not on this device, My finds",
    "#/species, Species, Species",
    "#/species?q=agaric, Species, Species",
    "#/species/amanita_phalloides, Death cap, Species",
    "#/species/nothing, This species is not in the catalogue, Species",
    "#/species/..%2F..%2Fmodels, This species is not in the catalogue, Species",
    "#/models, Models, Models",
    "#/models/3, Version 3, Models",
    "#/models/9, There is no such model, Models",
    "#/about, About, About",
    "#/privacy, Privacy, About",
  })
  void anAddressShowsItsView(String hash, String heading, String current) {
    browser.open(server.address() + hash, Screen.PHONE);
    browser.waitForText("#view h2", heading);
    assertThat(browser.driver().getTitle()).isEqualTo(heading + " · Mushroom App");
    assertThat(browser.text(".nav [aria-current=page]")).isEqualTo(current);
    assertThat(browser.shown("#asking")).isEmpty();
    browser.driver().navigate().refresh();
    browser.waitForText("#view h2", heading);
  }

  @Test
  void backAndForwardGoThroughTheViews() {
    open(Screen.PHONE);
    browser.click(".nav [data-view=species]");
    browser.waitForText("#view h2", "Species");
    assertThat(browser.focused().getText()).isEqualTo("Species");
    browser.click(".species-list a");
    browser.waitFor(".species-page");
    browser.driver().navigate().back();
    browser.waitForText("#view h2", "Species");
    browser.driver().navigate().back();
    browser.waitFor("#start");
    assertThat(browser.shown("#view")).isEmpty();
    browser.driver().navigate().forward();
    browser.waitForText("#view h2", "Species");
  }

  @Test
  void photosStayWhileOneLooksAround() throws IOException {
    openWithPhoto(Screen.PHONE);
    browser.run("location.hash = '#/about'");
    browser.waitForText("#view h2", "About");
    browser.driver().navigate().back();
    browser.waitFor("#identify");
    assertThat(browser.shown("#photos li")).hasSize(1);
  }

  @Test
  void theCatalogueIsSearchedAndFilteredAndTheAddressRemembersIt() {
    browser.open(server.address() + "#/species", Screen.PHONE);
    browser.waitFor("#catalogue-search").sendKeys("agaric");
    browser.waitForText("#catalogue-count", "1 of 4");
    assertThat(browser.text(".species-list")).contains("Fly agaric", "Poisonous");
    browser.driver().navigate().refresh();
    browser.waitForText("#catalogue-count", "1 of 4");
    browser.run(
        "const s = document.getElementById('catalogue-search'); s.value = '';"
            + "s.dispatchEvent(new Event('input'));"
            + "const t = document.getElementById('catalogue-toxicity'); t.value = 'unknown';"
            + "t.dispatchEvent(new Event('change'));");
    browser.waitForText(".species-list", "Bonnet");
    assertThat(browser.text(".species-list")).contains("Risk unknown").doesNotContain("Death cap");
    browser.run(
        "const g = document.getElementById('catalogue-genus'); g.value = 'boletus';"
            + "g.dispatchEvent(new Event('change'));");
    browser.waitForText("#view", "says nothing about the mushroom");
    browser.run("document.querySelector('#view .nothing .button').click()");
    browser.waitForText("#catalogue-count", "4 species");
  }

  @Test
  void aSpeciesWarnsAndNamesItsSources() {
    browser.open(server.address() + "#/species/amanita_phalloides", Screen.PHONE);
    browser.waitFor(".species-page");
    assertThat(browser.text(".species-page"))
        .contains("DEADLY POISONOUS", "Never eat", "poison centre", "A book", "Delayed");
    List<WebElement> alike = browser.shown(".look-alikes li");
    assertThat(alike.get(0).getText()).as("the deadly one first").contains("Deadly");
  }

  @Test
  void aServiceThatIsAwayIsSaidAndAskedAgain() {
    server.answers("leaderboard", Reply.json(503, "{}"));
    browser.open(server.address() + "#/models", Screen.PHONE);
    browser.waitForText("#view h2", "could not be shown");
    fillTheApi();
    browser.click("#view .problem .button");
    browser.waitForText("#view h2", "Models");
    browser.waitForText("#view", "Rank 1");
  }

  static Stream<Arguments> viewsAndScreens() {
    List<Arguments> all = new ArrayList<>();
    for (String view :
        List.of("finds", "species", "species/amanita_phalloides", "models", "models/3", "about")) {
      for (Screen screen : List.of(Screen.PHONE, Screen.PHONE.dark(), Screen.DESKTOP)) {
        all.add(Arguments.of(view, screen));
      }
    }
    all.add(Arguments.of("privacy", Screen.PHONE));
    all.add(Arguments.of("species?q=nothing+of+that+name", Screen.PHONE));
    all.add(Arguments.of("models/9", Screen.PHONE.dark()));
    return all.stream();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("viewsAndScreens")
  void everyViewIsAccessible(String view, Screen screen) {
    browser.open(server.address() + "#/" + view, screen);
    browser.waitFor("#view h2");
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; });");
    new AccessibilityCheck(browser).of(screen, "view-" + view.replaceAll("[^a-z0-9]+", "-"));
  }

  @Test
  void hostileTextStaysText() {
    List<String> payloads = PageHostileTextTest.payloads().toList();
    List<Map<String, String>> items = new ArrayList<>();
    for (String payload : payloads) {
      items.add(item("label_" + items.size(), payload, payload, payload));
    }
    server.speciesAnswer(Reply.json(200, Answers.species(items)));
    browser.open(server.address() + "#/species", Screen.PHONE);
    browser.waitForText("#catalogue-count", payloads.size() + " species");
    nothingRan();
    for (String payload : atOnce(payloads)) {
      server.answers("species/label_0", Reply.json(200, details(payload)));
      server.answers("models/3", Reply.json(200, Answers.json(model(payload))));
      server.answers(
          "leaderboard",
          Reply.json(
              200,
              Answers.json(
                  Map.of("entries", List.of(Map.of("rank", 1, "model", model(payload)))))));
      for (String view : List.of("species/label_0", "models/3", "models")) {
        browser.run("location.hash = '#/' + arguments[0]", view);
        browser.until(
            view,
            b ->
                b.run("return location.hash === '#/' + arguments[0] || null", view) != null
                        && !b.shown("#view h2").isEmpty()
                    ? true
                    : null);
        nothingRan();
      }
    }
  }

  /** Several in one text, as long as the page shows a text whole. */
  private static List<String> atOnce(List<String> payloads) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String payload : payloads) {
      if (text.length() + payload.length() > 380) {
        texts.add(text.toString());
        text.setLength(0);
      }
      text.append(payload).append(' ');
    }
    texts.add(text.toString());
    return texts;
  }

  private void nothingRan() {
    assertThat(
            browser.run(
                "return document.querySelectorAll('#view :is(script, img, svg:not(.icon), iframe,"
                    + " object, style, base, math, template, meta, [onerror], [onload], [onfocus],"
                    + " [ontoggle], [onmouseover], [href^=javascript])').length"))
        .isEqualTo(0L);
    assertThat(browser.run("return window.pwned ?? null")).isNull();
  }

  private static Map<String, String> item(
      String label, String scientific, String common, String toxicity) {
    return Map.of(
        "label", label,
        "scientificName", scientific,
        "commonName", common,
        "genus", label.split("_")[0],
        "toxicity", toxicity);
  }

  private static String details(String text) {
    String common = text.startsWith("Amanita") ? "death cap" : text;
    return Answers.json(
        Map.of(
            "label",
            "amanita_phalloides",
            "scientificName",
            text,
            "commonNames",
            List.of(common),
            "genus",
            "amanita",
            "family",
            text,
            "toxicity",
            "deadly",
            "syndrome",
            text.startsWith("Amanita") ? "delayed liver failure" : text,
            "synonyms",
            List.of(text),
            "sources",
            List.of(Map.of("key", "k", "text", text.startsWith("Amanita") ? "A book" : text)),
            "lookAlikes",
            List.of(
                Map.of(
                    "scientificName", text,
                    "toxicity", "not_known_poisonous",
                    "difference", text),
                Map.of("scientificName", text, "toxicity", "deadly", "difference", text))));
  }

  static Map<String, Object> model(String text) {
    Map<String, Object> figures =
        Map.of(
            "photos",
            715,
            "top1",
            .723,
            "top5",
            .929,
            "genusTop1",
            .835,
            "poisonRecall",
            .993,
            "falsePoisonAlarms",
            .308,
            "cannotTell",
            .081,
            "poisonCost",
            .457,
            "macroF1",
            .611);
    return Map.of(
        "name",
        text,
        "version",
        text,
        "serving",
        true,
        "created",
        "2026-11-21T20:14:19Z",
        "manifest",
        Map.of(
            "architecture",
            text,
            "created",
            "2026-11-21T20:14:19Z",
            "dataset",
            Map.of("name", text, "version", 1)),
        "metrics",
        Map.of("val", figures, "test", figures, "training", Map.of("epochs", 20)),
        "card",
        "# Card\n\n"
            + text
            + "\n\n- "
            + text
            + "\n\n| a | b |\n| --- | --- |\n| "
            + text
            + " | 1 |\n");
  }
}
