package app.mushroom.api.identification;

import java.io.IOException;

/** Where the bytes of a photo come from; read only once there is a thread to look at them. */
@FunctionalInterface
public interface PhotoSource {
  byte[] read() throws IOException;
}
