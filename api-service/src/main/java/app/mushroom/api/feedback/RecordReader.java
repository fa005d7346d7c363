package app.mushroom.api.feedback;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads records in the order of time, a page at a time, each page a statement of its own: memory
 * and locks stay the same however many there are, on a database that would otherwise hold all of a
 * result in memory too.
 */
@Component
class RecordReader {
  static final int PAGE = 1_000;

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  /** Takes one row, its values in the order of {@link RecordTable#columns}. */
  interface Row {
    void write(List<@Nullable Object> values) throws IOException;
  }

  private final JdbcClient jdbc;
  private final Database database;

  RecordReader(JdbcClient jdbc, Database database) {
    this.jdbc = jdbc;
    this.database = database;
  }

  /**
   * @param from the first instant
   * @param to the first instant that is too late
   * @throws RecordsUnavailableException if the database stops answering
   */
  void read(RecordTable table, Instant from, Instant to, Row row) throws IOException {
    OffsetDateTime created = Records.utc(from);
    UUID id = BEFORE_ALL;
    List<List<@Nullable Object>> page;
    do {
      page = page(table, created, id, Records.utc(to));
      for (List<@Nullable Object> values : page) {
        row.write(values);
      }
      if (!page.isEmpty()) {
        List<@Nullable Object> last = page.get(page.size() - 1);
        id = (UUID) last.get(0);
        created = (OffsetDateTime) last.get(1);
      }
    } while (page.size() == PAGE);
  }

  private List<List<@Nullable Object>> page(
      RecordTable table, OffsetDateTime created, @Nullable UUID id, OffsetDateTime to) {
    return database.use(
        () ->
            jdbc.sql(table.page())
                .param("created", created)
                .param("id", id)
                .param("to", to)
                .param("most", PAGE)
                .query(
                    (result, number) -> {
                      List<@Nullable Object> values = new ArrayList<>();
                      values.add(result.getObject(1, UUID.class));
                      values.add(result.getObject(2, OffsetDateTime.class));
                      for (int i = 3; i <= table.columns().size(); i++) {
                        values.add(result.getObject(i));
                      }
                      return values;
                    })
                .list());
  }
}
