/** Tells people what an import did: a summary for the terminal and a page with pictures. */
@NullMarked
package app.mushroom.collector.report;

import org.jspecify.annotations.NullMarked;
