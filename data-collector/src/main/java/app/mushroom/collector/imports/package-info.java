/** Makes a dataset version from photographs that are already on disk. */
@NullMarked
package app.mushroom.collector.imports;

import org.jspecify.annotations.NullMarked;
