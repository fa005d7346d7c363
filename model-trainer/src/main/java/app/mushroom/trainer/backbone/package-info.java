/** Where backbones come from: files, buckets, the web and DJL's model zoo. */
@NullMarked
package app.mushroom.trainer.backbone;

import org.jspecify.annotations.NullMarked;
