/** From the network's raw outputs to an answer and a poison flag. */
@NullMarked
package app.mushroom.vision.decision;

import org.jspecify.annotations.NullMarked;
