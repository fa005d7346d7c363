package app.mushroom.api.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class UploadRequestTest {
  private static final String START =
      "--b\r\nContent-Disposition: form-data; name=\"images\"; filename=\"a.jpg\"\r\n\r\n";
  private static final String END = "\r\n--b--\r\n";

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 1000, 65_535, 65_536, 65_537, 1_000_000})
  void givesBackFilesOfAnyLength(int length) throws Exception {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    byte[] body = join(bytes(START), content, bytes(END));

    Part part = read(body).getPart("images");

    assertThat(part.getInputStream().readAllBytes()).isEqualTo(content);
    assertThat(part.getSize()).isEqualTo(length);
    assertThat(part.getSubmittedFileName()).isEqualTo("a.jpg");
  }

  @Test
  void isNotFooledByWhatResemblesABoundary() throws Exception {
    String content = "\r\n--\r\n--a\r\n-b\r\n\r\r\n--\r\n\r\n--";
    Part part = read(bytes(START + content + END)).getPart("images");
    assertThat(part.getInputStream().readAllBytes()).isEqualTo(bytes(content));
  }

  @Test
  void keepsPartsOfOneNameInTheirOrder() throws Exception {
    byte[] body = bytes(START + "1\r\n" + START + "2\r\n" + START + "3" + END);
    assertThat(read(body).getParts())
        .extracting(
            part -> new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .containsExactly("1", "2", "3");
  }

  @Test
  void givesFieldsOfTheFormAndOfTheQueryAsParameters() throws Exception {
    MockHttpServletRequest request =
        request(
            bytes(
                START
                    + "x\r\n--b\r\nContent-Disposition: form-data; name=\"date\"\r\n\r\nJuli ä"
                    + END));
    request.setQueryString("limit=7&place=a%20b+c&date=first&empty&empty=");

    HttpServletRequest read = UploadRequest.read(request).orElseThrow();

    assertThat(read.getParameter("limit")).isEqualTo("7");
    assertThat(read.getParameter("place")).isEqualTo("a b c");
    assertThat(read.getParameterValues("date")).containsExactly("first", "Juli ä");
    assertThat(read.getParameterValues("empty")).containsExactly("", "");
    assertThat(read.getParameter("images")).isNull();
    assertThat(read.getParameter("other")).isNull();
  }

  @Test
  void refusesWhatIsNoFormAtAll() {
    for (String body :
        List.of(
            "",
            "-",
            "--b",
            "--b\r",
            "--b\r\n",
            "--b--x",
            "--bc\r\n\r\n\r\n--b--",
            "\r\n--b--",
            "text\r\n" + START + "x" + END,
            START,
            START + "x",
            START + "x\r\n--b",
            START + "x\r\n--b\r\n",
            START + "x\r\n--c--\r\n",
            "--b\r\n\r\nx" + END,
            "--b\r\nContent-Type: image/jpeg\r\n\r\nx" + END,
            "--b\r\nContent-Disposition: form-data\r\n\r\nx" + END,
            "--b\r\nContent-Disposition: attachment; name=\"images\"\r\n\r\nx" + END,
            "--b\r\nContent-Disposition: form-data; name=\"\r\n\r\nx" + END,
            "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n"
                + "x".repeat(UploadRequest.MOST_TEXT + 1)
                + END,
            "--b\r\nno colon\r\n\r\nx" + END,
            "--b\r\nContent-Disposition: form-data; name=\"images\"\r\nX: "
                + "x".repeat(2048)
                + "\r\n\r\nx"
                + END,
            (START + "x\r\n").repeat(17) + "--b--")) {
      if (body.equals("--b--x")) {
        assertThat(parts(body)).as(body).isEmpty();
        continue;
      }
      assertThatExceptionOfType(InvalidUploadException.class)
          .as(body)
          .isThrownBy(() -> read(bytes(body)));
    }
  }

  @Test
  void refusesABodyShorterThanItSays() {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/") {
          @Override
          public long getContentLengthLong() {
            return 1000;
          }
        };
    request.setContentType("multipart/form-data; boundary=b");
    request.setContent(bytes(START + "x" + END));
    assertThatExceptionOfType(InvalidUploadException.class)
        .isThrownBy(() -> UploadRequest.read(request))
        .withMessageContaining("1000");
  }

  @Test
  void leavesTheRestToTheContainer() throws Exception {
    MockHttpServletRequest noLength = request(bytes(START + "x" + END));
    noLength.setContent(null);
    assertThat(UploadRequest.read(noLength)).isEmpty();

    for (String type :
        List.of(
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"\"",
            "multipart/form-data; boundary=" + "b".repeat(71),
            "multipart/mixed; boundary=b",
            "image/jpeg",
            "no type")) {
      MockHttpServletRequest request = request(bytes(START + "x" + END));
      request.setContentType(type);
      assertThat(UploadRequest.read(request)).as(type).isEmpty();
      assertThat(request.getInputStream().readAllBytes()).as(type).isNotEmpty();
    }

    MockHttpServletRequest tooLong = request(new byte[UploadRequest.LONGEST + 1]);
    assertThat(UploadRequest.read(tooLong)).isEmpty();
  }

  private static List<Part> parts(String body) {
    try {
      return List.copyOf(read(bytes(body)).getParts());
    } catch (IOException | jakarta.servlet.ServletException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpServletRequest read(byte[] body) throws IOException {
    return UploadRequest.read(request(body)).orElseThrow();
  }

  private static MockHttpServletRequest request(byte[] body) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.setContentType("multipart/form-data; boundary=\"b\"");
    request.setContent(body);
    return request;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(byte[]... arrays) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] array : arrays) {
      all.writeBytes(array);
    }
    return all.toByteArray();
  }
}
