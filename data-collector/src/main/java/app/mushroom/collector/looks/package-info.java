/** Remembers how the stored photos of a dataset look, so that each is looked at once. */
@NullMarked
package app.mushroom.collector.looks;

import org.jspecify.annotations.NullMarked;
