/** The commands of the collector. */
@NullMarked
package app.mushroom.collector.cli;

import org.jspecify.annotations.NullMarked;
