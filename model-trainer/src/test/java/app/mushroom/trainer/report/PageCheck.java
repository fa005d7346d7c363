package app.mushroom.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds for every report, whatever it tells. */
public final class PageCheck {

  private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>");
  private static final List<String> WITHOUT_END = List.of("meta", "img");
  private static final List<String> DRAWN = List.of("rect", "line", "circle", "path");

  private PageCheck() {}

  /**
   * Asserts that the page is complete in itself, that its tags match and its pictures decode.
   *
   * @return its pictures
   */
  public static List<Photo> check(String page) throws Exception {
    assertThat(page).startsWith("<!doctype html>");
    assertThat(page).contains("default-src 'none'");
    String markup = page.replaceAll("(?s)<style>.*?</style>|<script>.*?</script>", "");
    assertThat(page.split("<script", -1)).as("scripts").hasSize(2);
    assertThat(page).doesNotContain("@import", "url(");
    List<String> references = values(markup, "href");
    assertThat(references).isNotEmpty().allMatch(reference -> reference.startsWith("#"));
    List<String> ids = values(markup, "id");
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids).containsAll(references.stream().map(link -> link.substring(1)).toList());
    for (String names : values(markup, "aria-labelledby")) {
      assertThat(ids).contains(names.split(" "));
    }
    assertThat(values(markup, "srcset")).isEmpty();
    requireMatchingTags(markup);
    List<Photo> pictures = new ArrayList<>();
    for (String source : values(markup, "src")) {
      assertThat(source).startsWith("data:image/jpeg;base64,");
      byte[] jpeg = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
      pictures.add(new PhotoDecoder().decode(jpeg));
    }
    return pictures;
  }

  private static List<String> values(String markup, String attribute) {
    List<String> values = new ArrayList<>();
    Matcher matcher = Pattern.compile("\\s" + attribute + "=\"([^\"]*)\"").matcher(markup);
    while (matcher.find()) {
      values.add(matcher.group(1).replace("&#x3D;", "="));
    }
    return values;
  }

  private static void requireMatchingTags(String markup) {
    List<String> open = new ArrayList<>();
    Matcher matcher = TAG.matcher(markup);
    while (matcher.find()) {
      String name = matcher.group(2);
      if (matcher.group(1).isEmpty()) {
        String attributes = matcher.group(3).replaceAll("\"[^\"]*\"", "");
        assertThat(attributes).as(name).doesNotContainPattern("\\son[a-z]+=");
        boolean whole = matcher.group(3).endsWith("/");
        assertThat(whole).as(matcher.group()).isEqualTo(DRAWN.contains(name));
        if (!whole && !WITHOUT_END.contains(name)) {
          open.add(name);
        }
      } else {
        assertThat(open).as("open before " + matcher.group()).isNotEmpty();
        assertThat(open.remove(open.size() - 1)).isEqualTo(name);
      }
    }
    assertThat(open).isEmpty();
  }
}
