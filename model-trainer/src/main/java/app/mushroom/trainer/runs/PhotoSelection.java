package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.dataset.CheckedPhotos;
import app.mushroom.trainer.dataset.PhotoCheck;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.dataset.UnreadablePhoto;
import app.mushroom.trainer.training.StoppedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Decides once which photos a run goes without, because they cannot be read, and records them: a
 * resumed run must see the same photos.
 */
final class PhotoSelection {

  private static final String RECORD = "unreadable.jsonl";
  private static final int THREADS = 2;

  private final String run;
  private final RunStore runs;
  private final Console console;

  PhotoSelection(String run, RunStore runs, Console console) {
    this.run = run;
    this.runs = runs;
    this.console = console;
  }

  /**
   * @throws TooManyUnreadableException if more than 5 % cannot be read
   */
  CheckedPhotos select(List<DatasetPhoto> photos, PhotoSource source, BooleanSupplier stop)
      throws IOException {
    Optional<CheckedPhotos> recorded =
        runs.readLines(run, RECORD, UnreadablePhoto.class)
            .map(unreadable -> CheckedPhotos.of(photos, unreadable))
            .filter(checked -> !checked.tooManyUnreadable());
    if (recorded.isPresent()) {
      return recorded.get();
    }
    CheckedPhotos checked =
        new PhotoCheck(source, THREADS)
            .check(
                photos,
                done -> {
                  StoppedException.throwIf(stop);
                  console.progress("photos", done, photos.size(), "");
                });
    runs.writeLines(run, RECORD, checked.unreadable());
    if (checked.tooManyUnreadable()) {
      throw new TooManyUnreadableException(checked, "runs/" + run + "/" + RECORD);
    }
    if (!checked.unreadable().isEmpty()) {
      console.say(
          "Going on without "
              + checked.unreadable().size()
              + " of "
              + checked.total()
              + " photos that cannot be read:\n"
              + TooManyUnreadableException.first(checked));
    }
    return checked;
  }
}
