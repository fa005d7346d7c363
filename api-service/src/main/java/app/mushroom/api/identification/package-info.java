/** Photos of one find in, species and poison flag out. */
@NullMarked
package app.mushroom.api.identification;

import org.jspecify.annotations.NullMarked;
