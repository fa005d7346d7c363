/** A trained network as a model bundle. */
@NullMarked
package app.mushroom.trainer.publishing;

import org.jspecify.annotations.NullMarked;
