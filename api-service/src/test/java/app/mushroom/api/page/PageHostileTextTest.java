package app.mushroom.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.page.StubServer.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Labels, names and whatever else the API or a file says stay text. */
class PageHostileTextTest extends PageTest {

  static Stream<String> payloads() {
    return Stream.of(
        "<script>window.pwned=1</script>",
        "<img src=x onerror=\"window.pwned=1\">",
        "<svg onload=window.pwned=1>",
        "<svg><script>window.pwned=1</script></svg>",
        "\"><script>window.pwned=1</script>",
        "' onmouseover='window.pwned=1",
        "\" autofocus onfocus=\"window.pwned=1",
        "javascript:window.pwned=1",
        "<a href=\"javascript:window.pwned=1\">x</a>",
        "<iframe srcdoc=\"<script>parent.pwned=1</script>\"></iframe>",
        "<details open ontoggle=window.pwned=1>",
        "<body onload=window.pwned=1>",
        "<math><mtext></table><img src=x onerror=window.pwned=1>",
        "</title><script>window.pwned=1</script>",
        "</textarea><script>window.pwned=1</script>",
        "<style>@import 'data:text/css,*{display:none}'</style>",
        "<object data=\"data:text/html,<script>alert(1)</script>\">",
        "<meta http-equiv=refresh content=\"0;url=data:text/html,x\">",
        "${window.pwned=1}{{constructor.constructor('window.pwned=1')()}}",
        "<template><img src=x onerror=alert(1)></template><base href=//evil.example/>");
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void nothingRuns(String payload) throws IOException {
    server.speciesAnswer(
        Reply.json(
            200,
            Answers.species(
                List.of(
                    Map.of(
                        "label", "a_label", "scientificName", payload, "commonName", payload)))));
    server.identificationsAnswer(Reply.json(200, Answers.everywhere(payload)));
    open(Screen.PHONE);
    browser.choose(TestPhotos.jpeg(folder, fileName(payload), 64, 64));
    browser.waitFor("#photos img");
    browser.run(
        "const t = new DataTransfer(); t.items.add(new File(['x'], arguments[0]));"
            + "document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: t, bubbles: true}));",
        payload);
    browser.until("two photos", b -> b.shown("#photos li").size() == 2 ? true : null);
    browser.click("#identify");
    browser.waitForText(".answer", visible(payload));
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; });");
    browser.run("document.querySelectorAll('.verdicts button')[1].click()");
    browser.waitFor("#feedback-label").sendKeys("label");
    browser.waitFor("[role=option]");
    nothingRan();
    server.identificationsAnswer(
        Reply.json(400, Answers.problem(payload, 400, payload)).with("Retry-After", "1"));
    browser.run("document.querySelector('.answer .actions .second').click()");
    browser.click("#identify");
    browser.waitForText(".problem", visible(payload));
    nothingRan();
  }

  @Test
  void nothingRunsAmongTheWaitingFinds() throws IOException {
    open(Screen.PHONE);
    server.unplug(true);
    List<String> payloads = payloads().toList();
    for (int first = 0; first < payloads.size(); first += 5) {
      Path[] photos = new Path[5];
      for (int i = 0; i < photos.length; i++) {
        photos[i] = TestPhotos.jpeg(folder, fileName(payloads.get(first + i)), 64, 64);
      }
      browser.choose(photos);
      browser.until("five photos", b -> b.shown("#photos li").size() == 5 ? true : null);
      browser.click("#identify");
      int finds = first / 5 + 1;
      browser.until(
          finds + " waiting", b -> b.shown(".waiting-find").size() == finds ? true : null);
    }
    nothingRan();
    server.identificationsAnswer(Reply.json(200, Answers.everywhere(payloads.get(1))));
    server.unplug(false);
    browser.reload();
    browser.until(
        "all answers",
        b -> b.shown(".waiting-find[data-state=answered]").size() == 4 ? true : null);
    nothingRan();
    browser.run("document.querySelector('#waiting [data-for^=show]').click()");
    browser.waitForText(".answer", visible(payloads.get(1)));
    nothingRan();
  }

  @Test
  void nothingRunsInTheOtherViews() {
    List<String> payloads = payloads().toList();
    List<Map<String, Object>> species = new ArrayList<>();
    List<Map<String, Object>> models = new ArrayList<>();
    for (int i = 0; i < payloads.size(); i++) {
      String payload = payloads.get(i);
      species.add(
          Map.of(
              "label",
              "label_" + i,
              "scientificName",
              payload,
              "commonName",
              payload,
              "genus",
              payload,
              "toxicity",
              payload));
      models.add(Map.of("name", payload, "version", payload, "serving", true, "created", payload));
    }
    server.answers("species", Reply.json(200, Answers.json(Map.of("species", species))));
    server.answers("species/label_1", Reply.json(200, Answers.json(species.get(1))));
    server.answers("models", Reply.json(200, Answers.json(Map.of("models", models))));
    server.answers("leaderboard", Reply.json(200, "{\"entries\": []}"));
    open(Screen.PHONE);
    for (String view : List.of("#/species", "#/species/label_1", "#/models")) {
      browser.run("location.hash = arguments[0]", view);
      browser.waitForText("#view", visible(payloads.get(1)));
      nothingRan();
    }
    browser.run("location.hash = '#/species/' + encodeURIComponent(arguments[0])", payloads.get(1));
    browser.waitFor("#view h2");
    browser.run(
        "location.hash = '#/species?q=' + encodeURIComponent(arguments[0])", payloads.get(1));
    browser.waitFor("#view h2");
    nothingRan();
  }

  private void nothingRan() {
    assertThat(
            browser.run(
                "return document.documentElement.scrollWidth"
                    + " - document.documentElement.clientWidth"))
        .as("pixels that the layout is too wide")
        .isEqualTo(0L);
    Object odd =
        browser.run(
            "return document.querySelectorAll('main :is(script, iframe, object, style, base, math,"
                + " template, meta, img[src=x], [onerror], [onload], [onfocus], [ontoggle],"
                + " [onmouseover], [href^=javascript])').length");
    assertThat(odd).isEqualTo(0L);
    assertThat(browser.run("return window.pwned ?? null")).isNull();
  }

  private static String visible(String payload) {
    return payload.replaceAll(" +", " ").trim();
  }

  private static String fileName(String payload) {
    return payload.replace('/', '_') + ".jpg";
  }
}
