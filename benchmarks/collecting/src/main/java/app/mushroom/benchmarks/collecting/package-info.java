/**
 * Measures how the collector tells copies and unfit pictures, for {@code
 * benchmarks/collecting/run}.
 */
@NullMarked
package app.mushroom.benchmarks.collecting;

import org.jspecify.annotations.NullMarked;
