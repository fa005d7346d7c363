package app.mushroom.api.inference;

import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;

/** What is done with one photo, on one thread, in one turn. */
@FunctionalInterface
public interface Work<R> {
  R run() throws PhotoRejectedException, IOException;
}
