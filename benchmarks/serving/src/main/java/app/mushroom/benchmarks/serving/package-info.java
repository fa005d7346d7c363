/**
 * Measures the API beside other services of the same network, for {@code benchmarks/serving/run}.
 */
@NullMarked
package app.mushroom.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
