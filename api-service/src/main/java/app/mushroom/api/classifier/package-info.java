/** A photo's tensor in, raw network outputs out; the only part that knows the engine. */
@NullMarked
package app.mushroom.api.classifier;

import org.jspecify.annotations.NullMarked;
