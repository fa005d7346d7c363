/** The threads that look at photos, and who waits for them: bounded, fair, and never for long. */
@NullMarked
package app.mushroom.api.inference;

import org.jspecify.annotations.NullMarked;
