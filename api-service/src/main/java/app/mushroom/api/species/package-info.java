/** The species catalogue over HTTP. */
@NullMarked
package app.mushroom.api.species;

import org.jspecify.annotations.NullMarked;
