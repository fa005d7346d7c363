/** What is known about each species: names, toxicity, look-alikes, and where that is written. */
@NullMarked
package app.mushroom.vision.species;

import org.jspecify.annotations.NullMarked;
