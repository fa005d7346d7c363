/** Turns any photograph into the one form in which datasets keep it. */
@NullMarked
package app.mushroom.collector.photo;

import org.jspecify.annotations.NullMarked;
