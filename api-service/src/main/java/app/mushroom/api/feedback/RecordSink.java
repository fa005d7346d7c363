package app.mushroom.api.feedback;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes rows out as they come. What is not ended was cut off, and looks so. */
interface RecordSink {

  /** What it looks like. */
  enum Form {
    JSON {
      @Override
      RecordSink open(RecordTable table, HttpServletResponse response, JsonMapper json)
          throws IOException {
        head(table, response, MediaType.APPLICATION_JSON_VALUE);
        return new Json(table.columns(), json.createGenerator(response.getOutputStream()));
      }
    },
    CSV {
      @Override
      RecordSink open(RecordTable table, HttpServletResponse response, JsonMapper json)
          throws IOException {
        head(table, response, "text/csv;charset=UTF-8;header=present");
        return new Csv(
            table.columns(),
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
      }
    };

    void head(RecordTable table, HttpServletResponse response, String contentType) {
      response.setContentType(contentType);
      response.setHeader(
          HttpHeaders.CONTENT_DISPOSITION,
          "attachment; filename=\"%s.%s\""
              .formatted(table.name().toLowerCase(Locale.ROOT), name().toLowerCase(Locale.ROOT)));
    }

    abstract RecordSink open(RecordTable table, HttpServletResponse response, JsonMapper json)
        throws IOException;
  }

  void row(List<@Nullable Object> values) throws IOException;

  void end() throws IOException;

  /** Opened with the first row: until then the answer can still be a problem. */
  final class OpenedLate implements RecordSink {
    interface Opening {
      RecordSink open() throws IOException;
    }

    private final Opening opening;
    private @Nullable RecordSink opened;

    OpenedLate(Opening opening) {
      this.opening = opening;
    }

    private RecordSink sink() throws IOException {
      RecordSink sink = opened == null ? opening.open() : opened;
      opened = sink;
      return sink;
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
      sink().row(values);
    }

    @Override
    public void end() throws IOException {
      sink().end();
    }
  }

  /** An array of objects. */
  final class Json implements RecordSink {
    private final List<String> columns;
    private final JsonGenerator generator;

    Json(List<String> columns, JsonGenerator generator) {
      this.columns = columns;
      this.generator = generator.configure(StreamWriteFeature.AUTO_CLOSE_CONTENT, false);
      generator.writeStartArray();
    }

    @Override
    public void row(List<@Nullable Object> values) {
      generator.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        Object value = values.get(i);
        if (value != null) {
          generator.writeName(columns.get(i));
          generator.writePOJO(value instanceof OffsetDateTime at ? at.toInstant() : value);
        }
      }
      generator.writeEndObject();
    }

    @Override
    public void end() {
      generator.writeEndArray();
      generator.close();
    }
  }

  /** RFC 4180, with a header line. */
  final class Csv implements RecordSink {
    /**
     * At the start, or behind what some spreadsheets part cells with; also in the wide characters
     * of Chinese and Japanese keyboards.
     */
    private static final Pattern FORMULA_STARTS =
        Pattern.compile("^(?=[\t\r\n])|(^|[;\t\r\n]\\h*)(?=[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])");

    private final CSVPrinter printer;

    Csv(List<String> columns, Appendable out) throws IOException {
      printer = new CSVPrinter(out, CSVFormat.RFC4180);
      printer.printRecord(columns);
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
      printer.printRecord(values.stream().map(Csv::cell).toArray());
    }

    @Override
    public void end() throws IOException {
      printer.flush();
    }

    /**
     * No spreadsheet takes a text for a formula: one that begins like one gets an apostrophe
     * (OWASP, "CSV Injection"). The JSON has the exact text.
     */
    private static @Nullable Object cell(@Nullable Object value) {
      if (value instanceof OffsetDateTime at) {
        return at.toInstant();
      }
      return value instanceof String text ? FORMULA_STARTS.matcher(text).replaceAll("$1'") : value;
    }
  }
}
