/** What a training run was asked to do, how far it got, and what it reached. */
@NullMarked
package app.mushroom.trainer.runs;

import org.jspecify.annotations.NullMarked;
