/** Measures the trainer's own code path, for {@code benchmarks/training/run}. */
@NullMarked
package app.mushroom.benchmarks.training;

import org.jspecify.annotations.NullMarked;
