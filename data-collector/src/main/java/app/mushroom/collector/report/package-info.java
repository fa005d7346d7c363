/** Tells people of versions: summaries for the terminal and a page with pictures. */
@NullMarked
package app.mushroom.collector.report;

import org.jspecify.annotations.NullMarked;
