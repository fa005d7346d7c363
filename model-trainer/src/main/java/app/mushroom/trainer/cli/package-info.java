/** The commands train, evaluate, models and runs. */
@NullMarked
package app.mushroom.trainer.cli;

import org.jspecify.annotations.NullMarked;
