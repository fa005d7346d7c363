/** Fine-tunes a network on a dataset version and publishes it. */
@NullMarked
package app.mushroom.trainer;

import org.jspecify.annotations.NullMarked;
