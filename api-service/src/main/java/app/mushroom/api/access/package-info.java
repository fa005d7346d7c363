/** Who asks, and how much they may ask for. */
@NullMarked
package app.mushroom.api.access;

import org.jspecify.annotations.NullMarked;
