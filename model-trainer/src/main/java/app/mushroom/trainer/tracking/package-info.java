/**
 * The run records, mirrored on an MLflow server where one is named; training never waits for it.
 */
@NullMarked
package app.mushroom.trainer.tracking;

import org.jspecify.annotations.NullMarked;
