package app.mushroom.api.feedback;

import app.mushroom.api.access.Grant;
import app.mushroom.api.access.Scope;
import app.mushroom.api.identification.InvalidRequestException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Reads out what was recorded: for holders of a key with the scope {@code export} only. */
@RestController
@Tag(name = "records")
class RecordsController {
  private static final String ALL_FROM = "1970-01-01";
  private static final String ALL_TO = "9999-12-31";

  private final RecordReader reader;
  private final JsonMapper json;

  /** An export takes a connection again and again; a few at once would leave none for answers. */
  private final Semaphore one = new Semaphore(1);

  RecordsController(RecordReader reader, JsonMapper json) {
    this.reader = reader;
    this.json = json;
  }

  @GetMapping(path = "/api/v1/records/{table}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "records",
      summary =
          "All identifications or all feedback of some days, as JSON or (Accept: text/csv) CSV",
      description =
          "table is identifications or feedback; from is the first day, to the first that is too"
              + " late, as dates (UTC) or instants. Needs a key with the scope 'export'.")
  void json(
      @PathVariable String table,
      @RequestParam(defaultValue = ALL_FROM) String from,
      @RequestParam(defaultValue = ALL_TO) String to,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    write(table, from, to, request, response, RecordSink.Form.JSON);
  }

  @GetMapping(path = "/api/v1/records/{table}", produces = "text/csv")
  @Operation(hidden = true)
  void csv(
      @PathVariable String table,
      @RequestParam(defaultValue = ALL_FROM) String from,
      @RequestParam(defaultValue = ALL_TO) String to,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    write(table, from, to, request, response, RecordSink.Form.CSV);
  }

  private void write(
      String name,
      String from,
      String to,
      HttpServletRequest request,
      HttpServletResponse response,
      RecordSink.Form form)
      throws IOException {
    Grant.of(request).require(Scope.EXPORT);
    RecordTable table = table(name);
    Instant first = instant("from", from);
    Instant end = instant("to", to);
    if (!one.tryAcquire()) {
      throw new ExportBusyException();
    }
    try {
      RecordSink sink = new RecordSink.OpenedLate(() -> form.open(table, response, json));
      reader.read(table, first, end, sink::row);
      sink.end();
    } catch (RuntimeException e) {
      if (response.isCommitted()) {
        throw new ExportCutOffException(e);
      }
      throw e;
    } finally {
      one.release();
    }
  }

  private static RecordTable table(String name) {
    for (RecordTable table : RecordTable.values()) {
      if (table.name().toLowerCase(Locale.ROOT).equals(name)) {
        return table;
      }
    }
    throw new InvalidRequestException("Expected 'identifications' or 'feedback' to be read.");
  }

  private static Instant instant(String what, String text) {
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidRequestException(
          "Expected '"
              + what
              + "' to be a date such as 2026-11-22 or an instant such as"
              + " 2026-11-22T10:15:00Z.");
    }
  }
}
