package app.mushroom.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects under keys, in a folder or a bucket, with the same promises: a write is seen whole or not
 * at all, a {@link Precondition} holds against every other writer in any process, a checksum is
 * kept at the write and compared at each read. Safe for use by several threads.
 */
public interface ObjectStore extends AutoCloseable {

  /**
   * What lies under the key, without its content.
   *
   * @return empty if there is no such object
   * @throws IOException if the store cannot be asked
   */
  Optional<StoredObject> find(ObjectKey key) throws IOException;

  /**
   * The content, as a stream that the caller closes. Whoever reads to the end has read what was
   * written: the last read throws {@link CorruptObjectException} if the checksum says otherwise.
   *
   * @throws ObjectNotFoundException if there is no such object
   * @throws IOException if the store cannot be asked
   */
  InputStream open(ObjectKey key) throws IOException;

  /**
   * Writes the whole stream, or nothing. The stream may be longer than memory; it is not closed.
   *
   * @return the object as written
   * @throws PreconditionFailedException if the precondition does not hold; nothing was written
   * @throws IOException if the stream or the store fails; nothing was written
   */
  StoredObject write(ObjectKey key, InputStream content, Precondition precondition)
      throws IOException;

  /**
   * The objects whose key starts with the prefix, which need not end at a '/', sorted by key.
   * Objects whose names are no keys are left out. Reading on may throw {@link
   * java.io.UncheckedIOException}.
   *
   * @param prefix the empty string for everything
   * @return a stream that the caller closes
   * @throws InvalidNameException if no key could start so
   * @throws IOException if the store cannot be asked
   */
  Stream<StoredObject> list(String prefix) throws IOException;

  /**
   * Deletes the object.
   *
   * @return whether there was one
   * @throws IOException if the store cannot be asked
   */
  boolean delete(ObjectKey key) throws IOException;

  /** Where this store lies, for messages: {@code gs://bucket/prefix} or the path of a folder. */
  String location();

  /**
   * The whole content of a small object.
   *
   * @param maxBytes refuse anything longer; at most {@code Integer.MAX_VALUE - 8}
   * @throws ObjectNotFoundException if there is no such object
   * @throws ObjectStoreException if it is longer than {@code maxBytes}
   */
  default byte[] readBytes(ObjectKey key, long maxBytes) throws IOException {
    int limit = (int) Math.min(maxBytes, Integer.MAX_VALUE - 8L);
    try (InputStream in = open(key)) {
      byte[] bytes = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new ObjectStoreException(
            "Expected at most "
                + limit
                + " bytes in "
                + key
                + " in "
                + location()
                + ", found more. This is not a file this program wrote: remove it.");
      }
      return bytes;
    }
  }

  /** {@link #write} of bytes that are already in memory. */
  default StoredObject writeBytes(ObjectKey key, byte[] bytes, Precondition precondition)
      throws IOException {
    return write(key, new ByteArrayInputStream(bytes), precondition);
  }

  @Override
  void close();
}
