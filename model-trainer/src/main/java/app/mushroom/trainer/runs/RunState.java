package app.mushroom.trainer.runs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: how far a run got.
 *
 * @param state running, interrupted, finished or failed
 * @param detail a sentence, where there is something to say
 * @param publishedVersion the model version that came of it
 */
public record RunState(
    int schemaVersion,
    String state,
    Instant updated,
    int epochsDone,
    @Nullable String detail,
    @Nullable String publishedVersion) {}
