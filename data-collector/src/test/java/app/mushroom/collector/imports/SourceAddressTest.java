package app.mushroom.collector.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceAddressTest {
  @Test
  void aStatedSourceIsKept() {
    assertThat(SourceAddress.of("=anything at all", "o/n", "c", "p", "f"))
        .isEqualTo("=anything at all");
  }

  @Test
  void aRepositoryIsOnGitHub() {
    assertThat(SourceAddress.of(null, "o/n.x", "c1", "a b/ü#?.jpg", "f"))
        .isEqualTo("https://github.com/o/n.x/blob/c1/a%20b/%C3%BC%23%3F.jpg");
    assertThat(SourceAddress.of(null, "o/n", null, "p", "f"))
        .isEqualTo("https://github.com/o/n/blob/HEAD/p");
    assertThat(SourceAddress.of(null, "o/n", null, null, "f")).isEqualTo("https://github.com/o/n");
  }

  @Test
  void anotherRepositoryIsNamed() {
    assertThat(SourceAddress.of(null, "https://gitlab.com/x", null, "p", "f"))
        .isEqualTo("https://gitlab.com/x/p");
  }

  @Test
  void aBareFileSaysNothingOfThisMachine() {
    assertThat(SourceAddress.of(null, null, null, null, "a/b c.jpg"))
        .isEqualTo("file://imported/a/b%20c.jpg");
  }
}
