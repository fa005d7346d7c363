/**
 * The network, its loss, its optimiser and the loop that fine-tunes it; the only package that
 * touches the engine.
 */
@NullMarked
package app.mushroom.trainer.training;

import org.jspecify.annotations.NullMarked;
