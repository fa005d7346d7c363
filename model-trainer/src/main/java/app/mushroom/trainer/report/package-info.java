/**
 * An evaluation as one HTML page, complete in itself, for people who have to answer for a model.
 */
@NullMarked
package app.mushroom.trainer.report;

import org.jspecify.annotations.NullMarked;
