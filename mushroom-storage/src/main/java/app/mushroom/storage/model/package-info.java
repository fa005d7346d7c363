/** Model bundles: published as hashed files, verified before use, one of them the champion. */
@NullMarked
package app.mushroom.storage.model;

import org.jspecify.annotations.NullMarked;
