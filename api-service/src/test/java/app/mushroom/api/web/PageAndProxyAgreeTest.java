package app.mushroom.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.NginxHeaders;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.photo.PhotoDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What stands in more than one file and must be the same in all: headers and limits. */
class PageAndProxyAgreeTest {
  private static final Path PAGE = Path.of("..", "frontend-simple");
  private static final String NGINX = NginxHeaders.configuration();

  @Test
  void nginxSaysTheHeadersOfTheApi() {
    assertThat(NginxHeaders.all()).isEqualTo(new TreeMap<>(SecurityHeaders.ALL));
  }

  @Test
  void nginxSaysThemEverywhereAndOnce() {
    assertThat(Pattern.compile("add_header").matcher(NGINX).results().count())
        .as("all in the server itself, none in a location, which would lose the others")
        .isEqualTo(SecurityHeaders.ALL.size() + 1);
    assertThat(NGINX).contains("  add_header Retry-After $retry_after always;");
    assertThat(NGINX).doesNotContain("expires ", "error_page 404", "server_tokens on");
    for (String header : SecurityHeaders.ALL.keySet()) {
      assertThat(NGINX).as("the API's own is not repeated").contains("proxy_hide_header " + header);
    }
  }

  /** At {@code warn} nginx names the client of every upload that it buffers in a file. */
  @Test
  void nginxDoesNotWriteDownWhoSentAPhoto() {
    assertThat(NGINX)
        .contains("access_log /dev/stdout brief;", "error_log /dev/stderr error;")
        .doesNotContainPattern("log_format[^;]*\\$(remote|http_x_forwarded_for|request\\b)");
  }

  @Test
  void errorsAndAnswersOfTheApiAreKeptByNobody() {
    assertThat(NGINX)
        .containsPattern("map \\$status \\$kept \\{\\s+default no-store;")
        .containsPattern("map \\$uri \\$kept_file \\{\\s+default no-cache;\\s+~\\^/api/ no-store;");
  }

  @Test
  void thePolicyLetsNothingInThatIsNotOurs() throws IOException {
    String policy = SecurityHeaders.ALL.get(SecurityHeaders.POLICY);
    assertThat(policy)
        .startsWith("default-src 'none'; ")
        .contains("script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe", "*", "data:", "http");
    assertThat(Files.readString(PAGE.resolve("index.html")))
        .as("the page's own copy, for where it is opened from elsewhere; frames it cannot name")
        .contains("content=\"" + policy.replace("; frame-ancestors 'none'", "") + "\"");
  }

  @Test
  void thePageHasNothingInline() throws IOException {
    assertThat(Files.readString(PAGE.resolve("index.html")))
        .doesNotContainPattern("<script(?![^>]*\\bsrc=)")
        .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:");
  }

  @Test
  void aPhotoMayHaveTheSameBytesEverywhere() throws IOException {
    long most = PhotoDecoder.MAX_BYTES;
    assertThat(number(js(), "MAX_PHOTO_BYTES = ([\\d_]+);")).as("page").isEqualTo(most);
    assertThat(number(yaml(), "max-file-size: (\\d+)B\\n")).as("API").isEqualTo(most);
  }

  @Test
  void aRequestMayHaveTheSameBytesEverywhere() throws IOException {
    long most = number(yaml(), "max-request-size: (\\d+)B\\n");
    assertThat(number(NGINX, "client_max_body_size (\\d+);")).as("nginx").isEqualTo(most);
    assertThat(number(js(), "MAX_REQUEST_BYTES = ([\\d_]+);")).as("page").isEqualTo(most);
    assertThat(number(Files.readString(Path.of("..", ".ci", "smoke")), "\\nlimit=(\\d+)\\n"))
        .as("what the container test tries at both ends")
        .isEqualTo(most);
    assertThat(most)
        .as("room for as many of the largest photos as are allowed, with 1 KB of headers each")
        .isGreaterThanOrEqualTo(SafetyPolicy.MAX_PHOTOS * (PhotoDecoder.MAX_BYTES + 1024));
  }

  @Test
  void aFindMayHaveAsManyPhotosEverywhere() throws IOException {
    assertThat(number(js(), "MAX_PHOTOS = (\\d+);")).isEqualTo(SafetyPolicy.MAX_PHOTOS);
  }

  @Test
  void wordsNameTheLimitsThatHold() throws IOException {
    String megabytes = PhotoDecoder.MAX_BYTES / 1_000_000 + "\u00a0?\u202f?\\s?MB";
    for (String words : List.of(NGINX, Problem.UPLOAD_TOO_LARGE.advice())) {
      assertThat(words).containsPattern(megabytes);
    }
  }

  private static String js() throws IOException {
    return Files.readString(PAGE.resolve("js").resolve("limits.js"));
  }

  private static String yaml() throws IOException {
    return Files.readString(Path.of("src", "main", "resources", "application.yml"));
  }

  private static long number(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern).isTrue();
    return Long.parseLong(found.group(1).replace("_", ""));
  }
}
