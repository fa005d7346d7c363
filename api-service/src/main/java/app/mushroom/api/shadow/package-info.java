/** Compares another version with the serving one behind the answers, on time that is to spare. */
@NullMarked
package app.mushroom.api.shadow;

import org.jspecify.annotations.NullMarked;
