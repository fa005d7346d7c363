/** Gathers labelled photographs and freezes them as dataset versions. */
@NullMarked
package app.mushroom.collector;

import org.jspecify.annotations.NullMarked;
