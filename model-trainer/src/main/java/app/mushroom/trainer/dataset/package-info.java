/** A dataset version as shuffled, augmented batches. */
@NullMarked
package app.mushroom.trainer.dataset;

import org.jspecify.annotations.NullMarked;
