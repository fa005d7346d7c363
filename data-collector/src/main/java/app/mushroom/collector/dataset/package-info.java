/** Decides which photos form the next dataset version, and in which split each lies. */
@NullMarked
package app.mushroom.collector.dataset;

import org.jspecify.annotations.NullMarked;
