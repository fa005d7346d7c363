package app.mushroom.api.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordSinkTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "=1+1 | '=1+1",
        "+1 | '+1",
        "-1 | '-1",
        "@A1 | '@A1",
        "\uFF1D1 | '\uFF1D1",
        "nice;=1+1 | nice;'=1+1",
        "nice; =1+1 | nice; '=1+1",
        "a;-b;+c | a;'-b;'+c",
        "2 = 2 | 2 = 2",
        "well; known | well; known",
        "a-b@c | a-b@c",
      })
  void noCellOfACsvBeginsAFormulaWhateverPartsTheCells(String text, String cell)
      throws IOException {
    StringWriter out = new StringWriter();
    RecordSink sink = new RecordSink.Csv(List.of("text"), out);
    sink.row(List.of(text));
    sink.end();
    assertThat(out.toString().replace("\"", "")).isEqualTo("text\r\n" + cell + "\r\n");
  }
}
