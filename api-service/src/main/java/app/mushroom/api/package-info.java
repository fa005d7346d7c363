/** Serves the best published model. */
@NullMarked
package app.mushroom.api;

import org.jspecify.annotations.NullMarked;
