/** How good a network is, and the calibration and thresholds chosen on val. */
@NullMarked
package app.mushroom.trainer.evaluation;

import org.jspecify.annotations.NullMarked;
