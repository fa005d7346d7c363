/** Which bundle is served: found, checked, loaded, swapped, and put back to rest. */
@NullMarked
package app.mushroom.api.model;

import org.jspecify.annotations.NullMarked;
