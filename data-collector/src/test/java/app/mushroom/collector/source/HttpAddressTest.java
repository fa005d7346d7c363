package app.mushroom.collector.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://h.example https://h.example",
        "HTTP://h.example/a HTTP://h.example/a",
        "//h.example/a https://h.example/a",
        "https://h.example/a#b https://h.example/a",
        "https://h.example/a%20b%zz https://h.example/a%20b%25zz",
        "https://h.example/ä?ö=ü https://h.example/%C3%A4?%C3%B6=%C3%BC",
        "https://h.example?a=[1]|{2} https://h.example?a=%5B1%5D%7C%7B2%7D",
        "http://[2001:db8::1]:80/[a] http://[2001:db8::1]:80/%5Ba%5D",
      })
  void readsAddresses(String stated, String read) {
    assertThat(HttpAddress.read(stated)).hasToString(read);
    assertThat(HttpAddress.read(" \n" + stated + " ")).hasToString(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "#a",
        "a.jpg",
        "/a.jpg",
        "http:",
        "http://",
        "https:///a",
        "ftp://h.example/a",
        "file:///a",
        "data:image/png;base64,AA",
        "javascript:a()",
        "http://user:password@h.example/",
        "http://h example/",
        "http://h_1.example:port/",
        "\u0000",
      })
  void everythingElseIsNone(String stated) {
    assertThat(HttpAddress.read(stated)).isNull();
  }

  @Test
  void nothingAndTooMuchAreNone() {
    assertThat(HttpAddress.read(null)).isNull();
    assertThat(HttpAddress.read("https://h.example/" + "a".repeat(5000))).isNull();
  }
}
