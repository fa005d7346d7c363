package app.mushroom.trainer.runs;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: how far a run got.
 *
 * @param state running, published (what is left is to report and to promote), interrupted, finished
 *     or failed
 * @param detail a sentence, where there is something to say
 * @param publishedVersion the model version that came of it
 * @param promote whether that version is to be considered for promotion; absent where none was
 *     published, and in older records
 */
public record RunState(
    int schemaVersion,
    String state,
    Instant updated,
    int epochsDone,
    @Nullable String detail,
    @Nullable String publishedVersion,
    @Nullable Boolean promote) {

  public static final String FILE = "run.json";

  public static final String PUBLISHED = "published";
  public static final String FINISHED = "finished";

  public RunState {
    Objects.requireNonNull(state, "run without state");
    Objects.requireNonNull(updated, "run without the time of its state");
  }

  /** Whether nothing is left to train, publish or report. */
  public boolean ended() {
    return state.equals(FINISHED) && publishedVersion != null;
  }
}
