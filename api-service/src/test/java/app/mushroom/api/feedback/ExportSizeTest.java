package app.mushroom.api.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reading out takes no more memory for many rows than for few. A million: {@code
 * -Dmushroom.test.export-rows=1000000}.
 */
class ExportSizeTest {
  private static final int ROWS = Integer.getInteger("mushroom.test.export-rows", 20_000);
  private static final long MOST_GROWTH = 16_000_000;

  @TempDir Path folder;

  @Test
  void memoryStaysTheSame() {
    RecordsRunner.on("jdbc:h2:file:" + folder.resolve("records"), Clock.systemUTC())
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              context
                  .getBean(JdbcClient.class)
                  .sql(
                      """
                      INSERT INTO identification SELECT RANDOM_UUID(),
                        DATEADD(SECOND, x / 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00:00'),
                        'mushrooms', '3', 1, TRUE, 0.99, 'species', 'amanita_muscaria', 0.9,
                        'poisonous', FALSE, 0.97 FROM SYSTEM_RANGE(1, :rows)
                      """)
                  .param("rows", ROWS)
                  .update();
              Counting out = new Counting();
              RecordSink sink = new RecordSink.Csv(RecordTable.IDENTIFICATIONS.columns(), out);
              long since = System.nanoTime();
              context
                  .getBean(RecordReader.class)
                  .read(
                      RecordTable.IDENTIFICATIONS,
                      Instant.EPOCH,
                      Instant.parse("9999-12-31T00:00:00Z"),
                      row -> {
                        sink.row(row);
                        out.rowsWritten();
                      });
              sink.end();
              assertThat(out.rows).isEqualTo(ROWS);
              assertThat(out.heapAtEnd - out.heapAtStart).isLessThan(MOST_GROWTH);
              System.out.printf(
                  "%,d rows, %,d characters, %.1f s, heap %+.1f MB%n",
                  out.rows,
                  out.characters,
                  (System.nanoTime() - since) / 1e9,
                  (out.heapAtEnd - out.heapAtStart) / 1e6);
            });
  }

  private static final class Counting extends Writer {
    long characters;
    int rows;
    long heapAtStart;
    long heapAtEnd;

    void rowsWritten() {
      rows++;
      if (rows == ROWS / 10) {
        heapAtStart = usedHeap();
      } else if (rows == ROWS) {
        heapAtEnd = usedHeap();
      }
    }

    private static long usedHeap() {
      System.gc();
      return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
      characters += length;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
